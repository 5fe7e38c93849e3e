package graft.project;

import graft.Refusal;
import graft.evaluate.EpochScores;
import graft.evaluate.Evaluation;
import graft.evaluate.Pictures;
import graft.files.CannotWrite;
import graft.progress.Progress;
import graft.run.FineTuningResult;
import java.nio.file.Path;

/** The pictures of a finished run, beside its network: {@code confusion.csv}, {@code confusion.png}, {@code curves.png}. */
public final class RunPictures {
    private RunPictures() {}

    /** A machine that cannot draw text still trains: the run is good, and the user is told what to install. */
    public static void draw(FineTuningResult result, Progress progress) {
        Path folder = result.network().getParent();
        Evaluation evaluation = Evaluation.of(result.classes(), result.confusion());
        Pictures.confusionCsv(evaluation, folder.resolve("confusion.csv"));
        try {
            Pictures.confusion(evaluation, folder.resolve("confusion.png"));
            Pictures.curves(
                    result.epochs().stream()
                            .map(e -> new EpochScores(
                                    e.epoch(), e.trainLoss(), e.trainAccuracy(), e.valLoss(), e.valAccuracy()))
                            .toList(),
                    result.bestEpoch(),
                    folder.resolve("curves.png"));
        } catch (CannotWrite e) {
            throw e;
        } catch (Refusal e) {
            progress.note(e.getMessage());
        }
    }
}
