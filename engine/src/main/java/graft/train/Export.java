package graft.train;

import graft.Refusal;
import graft.data.ClassNames;
import graft.data.DataOptions;
import graft.data.DataSet;
import graft.data.Examples;
import graft.features.Pass;
import graft.files.AsideFile;
import graft.files.Json;
import graft.image.Preprocessing;
import graft.inference.Batches;
import graft.inference.OrtSession;
import graft.network.Head;
import graft.network.Importer;
import graft.network.Network;
import graft.onnx.GraphEditor;
import graft.onnx.MadeByGraft;
import graft.onnx.Model;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.run.FineTuningPlan;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Writes the tuned network, and proves that the file is what was trained before it gets its name. */
final class Export {
    private static final double PARITY = 1e-4;
    private static final int BATCH = 32;

    private final FineTuningPlan plan;
    private final Network network;
    private final DataSet data;
    private final Map<String, String> provenance;

    Export(FineTuningPlan plan, Network network, DataSet data, Map<String, String> provenance) {
        this.plan = plan;
        this.network = network;
        this.data = data;
        this.provenance = provenance;
    }

    /**
     * What was found in the written file.
     *
     * @param accuracy on the validation examples, answered by ONNX Runtime
     * @param confusion rows true, columns predicted
     * @param parityMaxAbs largest difference to the engine's answers
     * @param frozenTensors weights and statistics of the body that did not learn
     * @param frozenUnchanged whether they equal those of the file the run began with, byte for byte
     */
    record Proof(double accuracy, int[][] confusion, double parityMaxAbs, int frozenTensors, boolean frozenUnchanged) {}

    /**
     * @param learnt values of what learnt
     * @param logits the engine's answers on the validation examples, row by row
     * @throws Refusal if the file's answers differ from {@code logits} by more than 1e-4 (of the largest, above 1)
     */
    Proof write(Path file, Map<String, Tensor> learnt, float[] logits) {
        try (AsideFile unproved = AsideFile.of(file)) {
            OnnxFile.write(model(learnt), unproved);
            Proof proof = prove(unproved.path(), learnt.keySet(), logits);
            unproved.take();
            return proof;
        }
    }

    private Model model(Map<String, Tensor> learnt) {
        GraphEditor editor = network.model().graph().edit();
        learnt.forEach(
                (name, tensor) -> editor.put(editor.initializers().get(name).withBytes(tensor.bytes())));
        Map<String, String> notes = new LinkedHashMap<>();
        plan.preprocessing().map(Preprocessing::toMetadata).ifPresent(notes::putAll);
        notes.put(ClassNames.KEY, ClassNames.toMetadata(data.classes()));
        notes.put(DataOptions.SEED, Long.toString(plan.seed()));
        notes.put("graft.trained", plan.trainable());
        notes.put("graft.provenance", Json.write(provenance));
        return MadeByGraft.forget(
                network.asFile(network.model().withGraph(editor.build())).withMetadata(notes));
    }

    private Proof prove(Path file, Set<String> learnt, float[] logits) {
        int classes = data.classes().size();
        Examples val = data.val();
        double difference = 0;
        double largest = 1;
        int[][] confusion = new int[classes][classes];
        int correct = 0;
        int fixed = Math.toIntExact(network.report().fixedBatch());
        try (OrtSession session = OrtSession.open(file, plan.threads())) {
            String input = session.inputNames().iterator().next();
            int[] all = IntStream.range(0, val.size()).toArray();
            int at = 0;
            for (Pass pass : Pass.of(all, fixed > 0 ? fixed : BATCH, fixed > 0)) {
                FloatBuffer answers = session.run(Map.of(input, Batches.of(val, pass.examples(), Examples.PLAIN)))
                        .get(Head.LOGITS)
                        .floats();
                float[] row = new float[classes];
                for (int i = 0; i < pass.real(); i++, at++) {
                    answers.get(row);
                    int predicted = Judged.argMax(row);
                    confusion[val.label(at)][predicted]++;
                    correct += predicted == val.label(at) ? 1 : 0;
                    for (int c = 0; c < classes; c++) {
                        double off = Math.abs(row[c] - logits[at * classes + c]);
                        difference = Math.max(difference, Double.isNaN(off) ? Double.POSITIVE_INFINITY : off);
                        largest = Math.max(largest, Math.abs(row[c]));
                    }
                }
            }
        }
        // Written so that a number that is not finite is no proof either.
        if (!(difference <= PARITY * largest) || !Double.isFinite(largest)) {
            throw new Refusal(
                    "What was trained from " + plan.network() + " was not exported: the file answers differently"
                            + " from what was trained, by " + difference + " where " + PARITY * largest
                            + " is allowed. Use a smaller --lr (it was " + plan.learningRate()
                            + "); if that does not help, report the network.");
        }
        Map<String, Tensor> before =
                Importer.open(plan.network(), plan.reading()).model().graph().initializers();
        Map<String, Tensor> after = Importer.tensors(file);
        int frozen = 0;
        boolean unchanged = true;
        for (String name : frozenNames(learnt)) {
            frozen++;
            // A constant that is not the file's own (a Reshape's, whose batch was made free) was made before anything
            // learnt.
            Tensor was = before.getOrDefault(
                    name, network.model().graph().initializers().get(name));
            unchanged &= after.containsKey(name) && was.sameAs(after.get(name));
        }
        return new Proof((double) correct / val.size(), confusion, difference, frozen, unchanged);
    }

    /** All constants of the network that did not learn: weights, statistics, and whatever else the graph computes with. */
    private Set<String> frozenNames(Set<String> learnt) {
        Set<String> names =
                new LinkedHashSet<>(network.model().graph().initializers().keySet());
        names.removeAll(learnt);
        return names;
    }
}
