package graft.rewrite;

import graft.onnx.ElementType;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.Tensor;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A network as before it learnt: its weights random. Matrices and kernels are normal with variance 2 / fan-in (He et al. 2015);
 * scales are 1, shifts 0, stored statistics those of numbers that are normal already.
 */
public final class Untrained {
    private static final Set<String> NORMS =
            Set.of("BatchNormalization", "InstanceNormalization", "LayerNormalization", "GroupNormalization");
    private static final int VARIANCE = 4;

    private Untrained() {}

    /**
     * @param weights names of what is made random
     * @param seed of it
     */
    public static Model of(Model model, Set<String> weights, long seed) {
        GraphEditor editor = model.graph().edit();
        Map<String, Boolean> ones = new HashMap<>();
        Set<String> columns = new java.util.HashSet<>();
        for (Node node : model.graph().nodes()) {
            for (int i = 1; i < node.inputs().size(); i++) {
                boolean scale = NORMS.contains(node.opType()) && (i == 1 || i == VARIANCE)
                        || node.opType().equals("Mul")
                        || node.opType().equals("Div");
                ones.merge(node.input(i), scale, Boolean::logicalOr);
                if (node.opType().equals("MatMul")
                        || node.opType().equals("Gemm") && node.attribute("transB", 0) == 0) {
                    columns.add(node.input(i));
                }
            }
        }
        SplittableRandom random = new SplittableRandom(seed);
        for (Tensor tensor : java.util.List.copyOf(editor.initializers().values())) {
            if (weights.contains(tensor.name()) && tensor.type() == ElementType.FLOAT) {
                editor.put(drawn(tensor, ones.getOrDefault(tensor.name(), false), columns, random));
            }
        }
        return model.withGraph(editor.build());
    }

    private static Tensor drawn(Tensor tensor, boolean ones, Set<String> columns, SplittableRandom random) {
        long[] shape = tensor.shape();
        long count = 1;
        for (long axis : shape) {
            count *= axis;
        }
        float[] values = new float[Math.toIntExact(count)];
        if (shape.length < 2) {
            java.util.Arrays.fill(values, ones ? 1 : 0);
            return Tensor.ofFloats(tensor.name(), shape, values);
        }
        double fanIn =
                columns.contains(tensor.name()) ? (double) count / shape[shape.length - 1] : (double) count / shape[0];
        double deviation = Math.sqrt(2 / fanIn);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (deviation * random.nextGaussian());
        }
        return Tensor.ofFloats(tensor.name(), shape, values);
    }
}
