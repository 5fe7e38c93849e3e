package graft.explain;

import graft.network.Layer;
import graft.network.Network;
import graft.onnx.Model;
import graft.onnx.Node;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where a network still knows where in the picture something is: maps of channels up to the pooling, and tokens of patches behind
 * the norms of a transformer.
 */
final class Grids {
    private static final Set<String> MAKING_MAPS = Set.of(
            "Conv",
            "ConvTranspose",
            "ConvInteger",
            "QLinearConv",
            "MaxPool",
            "AveragePool",
            "BatchNormalization",
            "InstanceNormalization",
            "GroupNormalization",
            "LRN",
            "Resize",
            "Upsample");
    /** What comes out need not lie over the picture, though what went in does. */
    private static final Set<String> LOSING_PLACES = Set.of(
            "Transpose",
            "Reshape",
            "Flatten",
            "Squeeze",
            "Unsqueeze",
            "MatMul",
            "Gemm",
            "Einsum",
            "Gather",
            "LayerNormalization",
            "SpaceToDepth",
            "DepthToSpace",
            "Shape");

    private static final Set<String> NORMS =
            Set.of("LayerNormalization", "RMSNormalization", "SkipLayerNormalization", "SimplifiedLayerNormalization");
    /** Tokens of a class, of a teacher, registers. */
    private static final int MOST_BEFORE = 8;

    private Grids() {}

    /** Tensors whose shapes tell where there are grids. */
    static List<String> asked(Model model) {
        return model.graph().nodes().stream()
                .filter(node -> node.domain().isEmpty())
                .map(node -> node.output(0))
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /**
     * The last first.
     *
     * @param model of the network, what the logits are computed from
     * @param shapes of the tensors {@link #asked} for, of one batch
     */
    static List<Grid> of(Network network, Model model, Map<String, long[]> shapes) {
        List<Node> nodes = model.graph().nodes();
        Set<String> norms = network.layers().stream()
                .filter(layer -> NORMS.contains(layer.op()))
                .map(Layer::output)
                .collect(Collectors.toSet());
        Set<String> maps = new HashSet<>();
        List<Grid> out = new ArrayList<>();
        int[] patches = {0, 0};
        for (Node node : nodes) {
            String name = node.output(0);
            long[] shape = shapes.getOrDefault(name, new long[0]);
            if (shape.length == 4 && isMap(node, shape, maps, shapes)) {
                maps.add(name);
                if (shape[2] * shape[3] > 1) {
                    out.add(new Grid(name, true, 0, (int) shape[1], (int) shape[2], (int) shape[3]));
                    patches[0] = (int) shape[2];
                    patches[1] = (int) shape[3];
                }
            } else if (norms.contains(name) && shape.length == 4 && shape[1] * shape[2] > 1) {
                out.add(new Grid(name, false, 0, (int) shape[3], (int) shape[1], (int) shape[2]));
            } else if (norms.contains(name) && shape.length == 3) {
                addTokens(name, shape, patches, out);
            }
        }
        Collections.reverse(out);
        return out;
    }

    private static boolean isMap(Node node, long[] shape, Set<String> maps, Map<String, long[]> shapes) {
        if (MAKING_MAPS.contains(node.opType())) {
            return true;
        }
        return !LOSING_PLACES.contains(node.opType())
                && node.inputs().stream()
                        .filter(maps::contains)
                        .map(shapes::get)
                        .anyMatch(input -> input[2] == shape[2] && input[3] == shape[3]);
    }

    /** In the grid of the patches that the tokens were cut in; where that does not fit, in a square one. */
    private static void addTokens(String name, long[] shape, int[] patches, List<Grid> out) {
        int tokens = (int) shape[1];
        int before = tokens - patches[0] * patches[1];
        int high = patches[0];
        int wide = patches[1];
        if (before < 0 || before > MOST_BEFORE || high * wide <= 1) {
            high = (int) Math.sqrt(tokens);
            wide = high;
            before = tokens - high * wide;
        }
        if (before <= MOST_BEFORE && high * wide > 1) {
            out.add(new Grid(name, false, before, (int) shape[2], high, wide));
        }
    }
}
