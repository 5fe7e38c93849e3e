package graft.trust;

import graft.Refusal;
import graft.evaluate.Predictions;
import graft.files.AsideFile;
import graft.meaning.Classifier;
import graft.meaning.Logits;
import graft.onnx.ElementType;
import graft.onnx.Graph;
import graft.onnx.GraphEditor;
import graft.onnx.MadeByGraft;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** A network whose logits are divided by a temperature, as a file. */
final class CooledFile {
    /** What the file says of it. */
    static final String NOTE = "graft.temperature";

    /** Of probabilities: what single precision leaves. */
    private static final double MOST_APART = 1e-4;

    private CooledFile() {}

    /** Puts a division where the logits are: below a last softmax, else at the scores. */
    static Model of(Classifier network, double temperature, Map<String, String> notes) {
        Model model = network.original();
        Graph graph = model.graph();
        String logits = Logits.below(graph, network.answer().scores());
        Node maker = graph.producers().get(logits);
        if (maker == null) {
            throw new Refusal(
                    "The scores " + logits + " of " + network.file() + " are not computed in the file, so that they"
                            + " cannot be divided there. Divide them where the network is used.");
        }
        GraphEditor editor = graph.edit();
        String raw = editor.freshName(logits + "_raw");
        String by = editor.freshName("temperature");
        editor.put(Tensor.ofFloats(by, new long[0], (float) temperature));
        int at = editor.nodes().indexOf(maker);
        editor.nodes()
                .set(
                        at,
                        maker.withOutputs(maker.outputs().stream()
                                .map(output -> output.equals(logits) ? raw : output)
                                .toList()));
        editor.nodes()
                .add(
                        at + 1,
                        Node.of("Div", editor.freshName("temperature_scaling"), List.of(raw, by), List.of(logits)));
        return MadeByGraft.note(model.withGraph(editor.build()))
                .withMetadata(notes)
                .withMetadata(Map.of(NOTE, Double.toString(temperature)));
    }

    /**
     * Writes it; the file gets its name once ONNX Runtime has answered from it as sure as it should.
     *
     * @param notes what the file is to say of its classes and of the preparation, beside the temperature
     * @param before what the network said
     * @param again the same examples answered by another file
     * @throws Refusal where that cannot be; nothing is then written
     */
    static void write(
            Classifier network,
            double temperature,
            Map<String, String> notes,
            Scored before,
            Function<Path, Predictions> again,
            Path out) {
        boolean half = network.original().graph().initializers().values().stream()
                .anyMatch(tensor -> tensor.type() == ElementType.FLOAT16);
        if (half) {
            throw new Refusal(
                    network.file() + " computes in fp16, where a division would round once more. Scale the fp32"
                            + " network and make fp16 of that by `graft deploy`.");
        }
        try (AsideFile aside = AsideFile.of(out)) {
            OnnxFile.write(of(network, temperature, notes), aside);
            Predictions after = again.apply(aside.path());
            double most = 0;
            for (int i = 0; i < before.size(); i++) {
                float[] wanted = before.scaled(i, temperature);
                for (int c = 0; c < wanted.length; c++) {
                    most = Math.max(most, Math.abs(wanted[c] - after.probabilities()[i][c]));
                }
            }
            if (!(most <= MOST_APART) || !Arrays.equals(before.said().predicted(), after.predicted())) {
                throw new Refusal(
                        "The scores of " + network.file() + " are no logits that a temperature scales: divided by it"
                                + " they answer otherwise (probabilities differ by up to "
                                + String.format(Locale.ROOT, "%.2g", most)
                                + "). Nothing was written. Scale the probabilities where the network is used.");
            }
            aside.take();
        }
    }
}
