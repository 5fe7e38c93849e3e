package graft.app.train;

import com.fasterxml.jackson.databind.JsonNode;
import graft.project.RunEntry;
import graft.run.FineTuningPlan;
import graft.run.PlanJson;
import graft.run.PlanOptions;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What a run is of: the screens show it beside the run's figures, whatever is open meanwhile.
 *
 * @param trainable what learns, as {@code --trainable} takes it
 * @param earlyStop epochs without a better one after which it ends by itself; 0 = never
 */
public record RunSubject(
        Path network,
        Path data,
        String trainable,
        int epochs,
        int earlyStop,
        String optimizer,
        double learningRate,
        int batch) {

    static RunSubject of(FineTuningPlan plan) {
        return new RunSubject(
                plan.network(),
                plan.data(),
                plan.get(PlanOptions.TRAINABLE),
                plan.get(PlanOptions.EPOCHS),
                plan.get(PlanOptions.EARLY_STOP),
                plan.get(PlanOptions.OPTIMIZER).toString(),
                plan.get(PlanOptions.LEARNING_RATE),
                plan.get(PlanOptions.BATCH));
    }

    /** Of a run that the history remembers, its plan as another version of Graft may have written it. */
    static RunSubject of(RunEntry run) {
        JsonNode plan = run.plan();
        return new RunSubject(
                Path.of(run.network()),
                Path.of(run.data()),
                PlanJson.said(plan, PlanOptions.TRAINABLE).asText(),
                PlanJson.said(plan, PlanOptions.EPOCHS).asInt(),
                PlanJson.said(plan, PlanOptions.EARLY_STOP).asInt(),
                PlanJson.said(plan, PlanOptions.OPTIMIZER).asText(),
                PlanJson.said(plan, PlanOptions.LEARNING_RATE).asDouble(),
                PlanJson.said(plan, PlanOptions.BATCH).asInt());
    }

    /** Whether it is of the network and the data that are open; of none where either is null. */
    boolean isOf(Path openNetwork, Path openData) {
        return same(network, openNetwork) && same(data, openData);
    }

    private static boolean same(Path mine, Path open) {
        return open != null
                && mine.toAbsolutePath()
                        .normalize()
                        .equals(open.toAbsolutePath().normalize());
    }

    /** "flowers · mobilenetv2-0.35 · last:10 · 10 epochs · SGD 0.001 · batch 16". */
    String words() {
        return TrainViewModel.text(
                "subject",
                data.getFileName(),
                network.getFileName().toString().replaceFirst("(?i)\\.onnx$", ""),
                trainable,
                epochs,
                optimizer.toUpperCase(Locale.ROOT),
                Double.toString(learningRate),
                batch);
    }
}
