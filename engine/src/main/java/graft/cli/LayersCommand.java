package graft.cli;

import graft.data.OneInput;
import graft.image.PictureInput;
import graft.inference.ShapeProbe;
import graft.meaning.NotedPreparation;
import graft.network.Block;
import graft.network.Importer;
import graft.network.Layer;
import graft.network.Network;
import graft.onnx.Model;
import graft.onnx.ValueInfo;
import graft.progress.Progress;
import graft.text.TextInputs;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code graft layers}. */
@Command(name = "layers", description = "Shows what is in a network.")
final class LayersCommand extends GraftCommand<LayersCommand.Layers> {
    @Parameters(paramLabel = "NET", converter = NetworkArgument.class, description = "The .onnx file.")
    private Path network;

    @Mixin
    private NetworkOptions options;

    /**
     * @param outputShape for one example; null where neither the file nor ONNX Runtime can tell
     * @param block name of the block it is in, the innermost
     * @param activation operator that follows in the layer, "" if none
     * @param counted whether {@code last:N} counts it: layers without weights are shown, not counted
     */
    record LayerLine(
            String name,
            String op,
            String kind,
            long parameters,
            long[] outputShape,
            String block,
            boolean counted,
            String activation) {
        /** "convolution + Relu". */
        String text() {
            return activation.isEmpty() ? kind : kind + " + " + activation;
        }
    }

    /**
     * @param layers names of its layers, those of its children too
     */
    record BlockLine(String name, String kind, long parameters, List<String> layers, List<BlockLine> children) {
        static BlockLine of(Block block) {
            return new BlockLine(
                    block.name(),
                    block.kind(),
                    block.parameters(),
                    block.layers().stream().map(Layer::name).toList(),
                    block.children().stream().map(BlockLine::of).toList());
        }
    }

    /** What {@code layers} prints; {@code report} says what was found and changed on opening. */
    record Layers(
            List<LayerLine> layers,
            List<BlockLine> blocks,
            long parameters,
            List<String> missingOperators,
            boolean batchNormFolded,
            List<String> inputs,
            List<String> outputs,
            String answer,
            List<String> report) {}

    /** Shapes are those of one example. */
    @Override
    protected int examplesAtOnce() {
        return 1;
    }

    @Override
    protected Layers run(Progress progress) {
        Network opened = Importer.open(network, options.reading());
        Map<String, long[]> shapes = ShapeProbe.shapes(
                opened.model(), opened.shownLayers().stream().map(Layer::output).toList());
        List<Block> blocks = opened.blocks();
        Map<Layer, String> blockOf = new IdentityHashMap<>();
        blocks.forEach(block -> note(block, blockOf));
        return new Layers(
                opened.shownLayers().stream()
                        .map(layer -> new LayerLine(
                                layer.name(),
                                layer.op(),
                                layer.kind(),
                                layer.parameters(),
                                shapes.get(layer.output()),
                                blockOf.get(layer),
                                layer.isCounted(),
                                layer.activation()))
                        .toList(),
                blocks.stream().map(BlockLine::of).toList(),
                opened.parameters(),
                opened.missingOperators().stream().map(Object::toString).toList(),
                opened.report().batchNormFolded(),
                opened.model().graph().inputs().stream()
                        .map(input -> input.name() + " "
                                + input.shape().map(Object::toString).orElse("?"))
                        .toList(),
                opened.model().graph().outputNames(),
                opened.answer().output(),
                Stream.concat(opened.report().lines().stream(), preparation(opened.model()).stream())
                        .toList());
    }

    /** How pictures are prepared for it, as far as that is told without any. */
    private List<String> preparation(Model model) {
        List<ValueInfo> inputs = model.graph().inputs();
        if (inputs.isEmpty() || TextInputs.areOf(model.graph())) {
            return List.of();
        }
        ValueInfo input = OneInput.picture(inputs).orElse(inputs.get(0));
        PictureInput shape = PictureInput.of(input);
        if (shape.whole() || !shape.mayBePictures()) {
            return List.of();
        }
        NotedPreparation told = NotedPreparation.of(network, model, input);
        List<String> out = new ArrayList<>(told.lines());
        told.guess()
                .map(words ->
                        words + " Commands that are given pictures try the usual ways on some of them and say which"
                                + " fits; --scale, --mean, --std and --channels set another.")
                .ifPresent(out::add);
        return out;
    }

    @Override
    protected void print(Layers result, PrintWriter out) {
        result.report().forEach(out::println);
        Map<String, LayerLine> lines = new HashMap<>();
        result.layers().forEach(layer -> lines.put(layer.name(), layer));
        int width = result.layers().stream()
                .mapToInt(layer -> layer.name().length() + 4)
                .max()
                .orElse(1);
        result.blocks().forEach(block -> print(block, "", width, lines, out));
        long counted = result.layers().stream().filter(LayerLine::counted).count();
        out.printf("%d layers, %,d parameters%n", counted, result.parameters());
    }

    private static void note(Block block, Map<Layer, String> blockOf) {
        block.layers().forEach(layer -> blockOf.put(layer, block.name()));
        block.children().forEach(child -> note(child, blockOf));
    }

    private static void print(
            BlockLine block, String indent, int width, Map<String, LayerLine> lines, PrintWriter out) {
        String of = block.children().isEmpty() ? "" : " of " + block.children().size();
        out.printf("%s%s (%s%s), %,d parameters%n", indent, block.name(), block.kind(), of, block.parameters());
        Map<String, BlockLine> starts = new HashMap<>();
        Set<String> inside = new HashSet<>();
        for (BlockLine child : block.children()) {
            starts.put(child.layers().get(0), child);
            inside.addAll(child.layers());
        }
        for (String name : block.layers()) {
            if (starts.containsKey(name)) {
                print(starts.get(name), indent + "  ", width, lines, out);
            } else if (!inside.contains(name)) {
                LayerLine layer = lines.get(name);
                out.printf(
                        "%-" + width + "s  %-30s %,12d  %s%n",
                        indent + "  " + name,
                        layer.text(),
                        layer.parameters(),
                        layer.outputShape() == null ? "?" : Arrays.toString(layer.outputShape()));
            }
        }
    }
}
