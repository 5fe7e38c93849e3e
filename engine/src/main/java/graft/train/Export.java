package graft.train;

import graft.data.DataOptions;
import graft.data.DataSet;
import graft.data.Split;
import graft.files.AsideFile;
import graft.files.Json;
import graft.judge.Evaluation;
import graft.network.Network;
import graft.onnx.GraphEditor;
import graft.onnx.MadeByGraft;
import graft.onnx.Model;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.problem.ClosedForm;
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
     * @param learnt values of what learnt
     * @param judged the engine's answers on the validation examples
     * @throws Refusal if the file's answers differ from these by more than 1e-4 (of the largest, above 1)
     */
    Proof write(Path file, Map<String, Tensor> learnt, Validation.Judged judged) {
        try (AsideFile unproved = AsideFile.of(file)) {
            OnnxFile.write(model(learnt, judged.evaluation()), unproved);
            Proof proof = new Proof.Claim(
                            plan, problem, data.val(), network.model(), frozenNames(learnt.keySet()), judged.answers())
                    .on(unproved.path());
            data.encoder().writeBeside(file);
            unproved.take();
            return proof;
        }
    }

    private Model model(Map<String, Tensor> learnt, Evaluation judged) {
        GraphEditor editor = network.model().graph().edit();
        learnt.forEach(
                (name, tensor) -> editor.put(editor.initializers().get(name).withElementsOf(tensor)));
        Map<String, String> notes = new LinkedHashMap<>();
        notes.putAll(data.notes());
        notes.putAll(judged.notes());
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
        problem.atOnce().map(ClosedForm::notes).ifPresent(notes::putAll);
        notes.put("graft.provenance", Json.write(provenance));
        return MadeByGraft.forget(
                network.asFile(network.model().withGraph(editor.build())).withMetadata(notes));
    }

    /** All constants of the network that did not learn: weights, statistics, and whatever else the graph computes with. */
    private Set<String> frozenNames(Set<String> learnt) {
        Set<String> names =
                new LinkedHashSet<>(network.model().graph().initializers().keySet());
        names.removeAll(learnt);
        return names;
    }
}
