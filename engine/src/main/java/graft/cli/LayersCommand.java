package graft.cli;

import graft.inference.ShapeProbe;
import graft.network.Importer;
import graft.network.Layer;
import graft.network.Network;
import graft.progress.Progress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code graft layers}. */
@Command(name = "layers", description = "Shows what is in a network.")
final class LayersCommand extends GraftCommand<LayersCommand.Layers> {
    @Parameters(paramLabel = "NET", description = "The .onnx file.")
    private Path network;

    /**
     * @param outputShape for one example; null where neither the file nor ONNX Runtime can tell
     */
    record LayerLine(String name, String op, String kind, long parameters, long[] outputShape) {}

    /** What {@code layers} prints; {@code report} says what was found and changed on opening. */
    record Layers(
            List<LayerLine> layers,
            long parameters,
            List<String> missingOperators,
            boolean batchNormFolded,
            List<String> inputs,
            List<String> outputs,
            List<String> report) {}

    @Override
    protected Layers run(Progress progress) {
        Network opened = Importer.open(network);
        Map<String, long[]> shapes = ShapeProbe.shapes(
                opened.model(), opened.layers().stream().map(Layer::output).toList());
        return new Layers(
                opened.layers().stream()
                        .map(layer -> new LayerLine(
                                layer.name(), layer.op(), layer.kind(), layer.parameters(), shapes.get(layer.output())))
                        .toList(),
                opened.parameters(),
                opened.missingOperators().stream().map(Object::toString).toList(),
                opened.report().batchNormFolded(),
                opened.model().graph().inputs().stream()
                        .map(input -> input.name() + " "
                                + input.shape().map(Object::toString).orElse("?"))
                        .toList(),
                opened.model().graph().outputNames(),
                opened.report().lines());
    }

    @Override
    protected void print(Layers result, PrintWriter out) {
        result.report().forEach(out::println);
        int width = result.layers().stream()
                .mapToInt(layer -> layer.name().length())
                .max()
                .orElse(0);
        for (LayerLine layer : result.layers()) {
            out.printf(
                    "%-" + Math.max(width, 1) + "s  %-22s %,12d  %s%n",
                    layer.name(),
                    layer.kind(),
                    layer.parameters(),
                    layer.outputShape() == null ? "?" : Arrays.toString(layer.outputShape()));
        }
        out.printf("%d layers, %,d parameters%n", result.layers().size(), result.parameters());
    }
}
