package graft.train;

import ai.djl.ndarray.NDManager;
import graft.features.LabelledFeatures;
import graft.onnx.NetworkFile;
import graft.ops.ArrayTensors;
import graft.ops.TorchEngine;
import graft.progress.Event;
import graft.progress.Progress;
import graft.run.FineTuningPlan;
import graft.run.PlanOptions;
import graft.run.Recipes;
import graft.run.RunFolder;
import graft.task.Task;
import graft.task.TaskTable;
import graft.transfer.Likeness;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * Chooses a recipe by how many examples there are, and how like they are to what the network learnt from: by how many of them the
 * nearest mean of a class tells right, on features of the frozen network and in five parts, each told by the means of the others.
 */
public final class RecipeChooser {
    private RecipeChooser() {}

    /**
     * A recipe was chosen.
     *
     * @param examples to learn from
     * @param told share of them whose class the nearest mean tells, in five parts; NaN where there are no such features
     * @param guessing share of the most frequent class
     */
    public record Chosen(String recipe, int examples, int classes, double told, double guessing) implements Event {
        @Override
        public String kind() {
            return "recipe_chosen";
        }

        @Override
        public String line() {
            String seen = Double.isNaN(told)
                    ? ""
                    : String.format(
                            Locale.ROOT,
                            ", of which the means of their classes tell %.0f %% apart where guessing tells %.0f %%",
                            100 * told,
                            100 * guessing);
            return "Recipe " + recipe + " for " + examples + " examples of " + classes + " classes" + seen + ": "
                    + reason() + ".";
        }

        private String reason() {
            return switch (recipe) {
                case "head" -> "so few say little of what the body should be";
                case "top" ->
                    "they resemble what the network learnt from, so that its upper layers are all that should change";
                case "all" -> "they are many, and unlike what the network learnt from";
                default -> "a head first, and then the uppermost blocks at careful rates, is the sturdy choice";
            };
        }
    }

    /**
     * The plan with a recipe where it leaves that to Graft; itself where it does not.
     *
     * @throws graft.Refusal saying what stands in the way
     * @throws CancellationException where it was cancelled
     */
    public static FineTuningPlan settled(FineTuningPlan plan, NetworkFile file, Progress progress) {
        return Recipes.isToBeChosen(plan)
                ? settled(plan, TaskTable.of(plan.data(), plan.get(PlanOptions.TASK)), file, progress)
                : plan;
    }

    static FineTuningPlan settled(FineTuningPlan plan, Task task, NetworkFile file, Progress progress) {
        if (!Recipes.isToBeChosen(plan)) {
            return plan;
        }
        RunFolder.requireFree(plan);
        FineTuningPlan head = plan.ofHeadAlone();
        if (head.isRateToBeChosen()) {
            head = head.with(PlanOptions.LEARNING_RATE, PlanOptions.LEARNING_RATE.usual());
        }
        FineTuner.Given given = FineTuner.given(head, task, file, progress);
        RunParts parts = given.parts(Further.NONE, progress);
        try (NDManager manager = TorchEngine.start(
                plan.get(PlanOptions.THREADS), plan.computing().device())) {
            Optional<StageRoom> opened = StageRoom.open(parts, head, parts.selected(head), Map.of(), manager);
            if (opened.isEmpty()) {
                throw new CancellationException("while features were computed");
            }
            try (StageRoom room = opened.get();
                    NDManager step = manager.newSubManager()) {
                Chosen chosen = chosen(room, step);
                progress.report(chosen);
                return plan.with(PlanOptions.RECIPE, Optional.of(chosen.recipe()));
            }
        }
    }

    private static Chosen chosen(StageRoom room, NDManager step) {
        LabelledFeatures train = room.problem().train();
        Likeness found = Likeness.of(
                train.size(), train.targets(), train.features().matrix(step, 0).map(features -> ArrayTensors.toTensor(
                                "", features)
                        .toFloats()));
        return new Chosen(found.recipe(), found.examples(), found.classes(), found.told(), found.guessing());
    }
}
