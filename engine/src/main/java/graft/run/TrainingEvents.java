package graft.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import graft.progress.Event;
import java.util.List;

/** What a run tells while it goes on, besides {@link FineTuningResult.Epoch}. */
public final class TrainingEvents {
    private TrainingEvents() {}

    /**
     * One step.
     *
     * @param step from 1 within the epoch
     * @param steps in an epoch
     * @param loss mean over the batch
     */
    public record Step(int epoch, int step, int steps, double loss) implements Event {
        @Override
        public String kind() {
            return "step";
        }
    }

    /**
     * A stage that begins or is gone on with.
     *
     * @param stage from 1
     * @param stages how many the run has
     * @param trainable what learns
     * @param epochs of the stage
     * @param firstEpoch the run's epoch that it began with, from 1
     * @param frontier the tensors that cross from the frozen part to the part that learns
     */
    public record StageStarted(
            int stage,
            int stages,
            String trainable,
            double learningRate,
            double lrDecay,
            int epochs,
            int firstEpoch,
            long trainableParameters,
            List<String> frontier)
            implements Event {
        @Override
        public String kind() {
            return "stage_started";
        }

        @Override
        public String line() {
            return stages == 1
                    ? ""
                    : "Stage " + stage + " of " + stages + ": " + trainable + " (" + trainableParameters
                            + " parameters), " + epochs + (epochs == 1 ? " epoch" : " epochs")
                            + " at a learning rate of "
                            + learningRate + (lrDecay == 1 ? "." : ", " + lrDecay + " times that from block to block.");
        }
    }

    /**
     * What is about to learn.
     *
     * @param examples of which a text is one, whatever the number of its windows
     * @param noun what one of them is called
     * @param classes names; empty where answers are no classes
     * @param frontier the tensors that cross from the frozen part to the part that learns
     */
    public record Started(
            String run,
            int examples,
            int validationExamples,
            @JsonIgnore String noun,
            List<String> classes,
            long trainableParameters,
            long parameters,
            List<String> frontier,
            int epochs,
            int stepsPerEpoch)
            implements Event {
        @Override
        public String kind() {
            return "started";
        }

        @Override
        public String line() {
            return "Training " + trainableParameters + " of " + parameters + " parameters on " + examples + " " + noun
                    + (examples == 1 ? "" : "s")
                    + (classes.isEmpty() ? "" : " of " + classes.size() + " classes") + "; " + validationExamples
                    + " to validate.";
        }
    }
}
