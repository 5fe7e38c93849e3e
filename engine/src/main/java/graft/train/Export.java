package graft.train;

import graft.Refusal;
import graft.data.DataOptions;
import graft.data.DataSet;
import graft.data.Examples;
import graft.data.Split;
import graft.files.AsideFile;
import graft.files.Json;
import graft.judge.Evaluation;
import graft.judge.Judge;
import graft.network.Importer;
import graft.network.Network;
import graft.onnx.GraphEditor;
import graft.onnx.MadeByGraft;
import graft.onnx.Model;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.problem.Problem;
import graft.run.FineTuningPlan;
import graft.run.PlanOptions;
import graft.task.Task;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes the tuned network, and proves that the file is what was trained before it gets its name. */
final class Export {
    private static final double PARITY = 1e-4;

    private final FineTuningPlan plan;
    private final Task task;
    private final Problem problem;
    private final Network network;
    private final DataSet data;
    private final Map<String, String> provenance;

    /** @param network as the run found it, with its head */
    Export(
            FineTuningPlan plan,
            Task task,
            Problem problem,
            Network network,
            DataSet data,
            Map<String, String> provenance) {
        this.plan = plan;
        this.task = task;
        this.problem = problem;
        this.network = network;
        this.data = data;
        this.provenance = provenance;
    }

    /**
     * What was found in the written file.
     *
     * @param evaluation on the validation examples, answered by ONNX Runtime
     * @param parityMaxAbs largest difference to the engine's answers
     * @param frozenTensors weights and statistics of the body that did not learn
     * @param frozenUnchanged whether they equal those of the file the run began with, byte for byte
     */
    record Proof(Evaluation evaluation, double parityMaxAbs, int frozenTensors, boolean frozenUnchanged) {}

    /**
     * @param learnt values of what learnt
     * @param answers the engine's, on the validation examples
     * @throws Refusal if the file's answers differ from {@code answers} by more than 1e-4 (of the largest, above 1)
     */
    Proof write(Path file, Map<String, Tensor> learnt, Answers answers) {
        try (AsideFile unproved = AsideFile.of(file)) {
            OnnxFile.write(model(learnt), unproved);
            Proof proof = prove(unproved.path(), learnt.keySet(), answers);
            data.encoder().writeBeside(file);
            unproved.take();
            return proof;
        }
    }

    private Model model(Map<String, Tensor> learnt) {
        GraphEditor editor = network.model().graph().edit();
        learnt.forEach(
                (name, tensor) -> editor.put(editor.initializers().get(name).withBytes(tensor.bytes())));
        Map<String, String> notes = new LinkedHashMap<>();
        notes.putAll(data.notes());
        notes.put(Task.NOTE, task.name());
        notes.put(DataOptions.SEED, Long.toString(plan.get(PlanOptions.SEED)));
        if (plan.get(PlanOptions.VAL_SHARE) != Split.SHARE) {
            notes.put(DataOptions.SHARE, Double.toString(plan.get(PlanOptions.VAL_SHARE)));
        }
        notes.put(
                "graft.trained",
                plan.stages().stream()
                        .map(stage -> stage.get(PlanOptions.TRAINABLE))
                        .collect(Collectors.joining("; ")));
        notes.put("graft.provenance", Json.write(provenance));
        return MadeByGraft.forget(
                network.asFile(network.model().withGraph(editor.build())).withMetadata(notes));
    }

    private Proof prove(Path file, Set<String> learnt, Answers answers) {
        Examples val = data.val();
        Judge judge = problem.judge().apply(val.targets());
        Answers written = new Answers(val.size());
        int fixed = Math.toIntExact(network.report().fixedBatch());
        FileJudge.ask(file, val, fixed, plan.get(PlanOptions.THREADS), (pass, said) -> {
            judge.add(said, pass.examples(), pass.real());
            written.put(said, pass.examples(), pass.real());
        });
        Answers.Difference off = written.to(answers);
        double difference = off.most();
        double largest = off.largest();
        // Written so that a number that is not finite is no proof either.
        if (!(difference <= PARITY * largest) || !Double.isFinite(largest)) {
            throw new Refusal(
                    "What was trained from " + plan.network() + " was not exported: the file answers differently"
                            + " from what was trained, by " + difference + " where " + PARITY * largest
                            + " is allowed. Use a smaller --lr (it was " + plan.get(PlanOptions.LEARNING_RATE)
                            + "); if that does not help, report the network.");
        }
        Set<String> frozen = frozenNames(learnt);
        // One file after the other: both are as large as the network.
        boolean unchanged = areAsHeld(frozen, Importer.tensors(file), false)
                && areAsHeld(
                        frozen,
                        Importer.open(plan.network(), plan.reading())
                                .model()
                                .graph()
                                .initializers(),
                        true);
        return new Proof(judge.done(), difference, frozen.size(), unchanged);
    }

    /**
     * Whether a file's tensors are, byte for byte, those that the run computed with.
     *
     * @param some whether one may be missing: what is not the file's own (a Reshape's, whose batch was made free) was made before
     *     anything learnt
     */
    private boolean areAsHeld(Set<String> names, Map<String, Tensor> file, boolean some) {
        Map<String, Tensor> held = network.model().graph().initializers();
        return names.stream()
                .allMatch(name -> file.containsKey(name) ? held.get(name).sameAs(file.get(name)) : some);
    }

    /** All constants of the network that did not learn: weights, statistics, and whatever else the graph computes with. */
    private Set<String> frozenNames(Set<String> learnt) {
        Set<String> names =
                new LinkedHashSet<>(network.model().graph().initializers().keySet());
        names.removeAll(learnt);
        return names;
    }
}
