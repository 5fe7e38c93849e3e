package graft.project;

import graft.Refusal;
import graft.evaluate.ClassEvaluation;
import graft.evaluate.EpochScores;
import graft.evaluate.Pictures;
import graft.files.CannotWrite;
import graft.progress.Progress;
import graft.run.FineTuningResult;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The pictures of a finished run, beside its network: {@code curves.png}, and where answers are classes {@code confusion.csv} and
 * {@code confusion.png}.
 */
public final class RunPictures {
    private RunPictures() {}

    /** A machine that cannot draw text still trains: the run is good, and the user is told what to install. */
    public static void draw(FineTuningResult result, Progress progress) {
        Path folder = result.network().getParent();
        Optional<ClassEvaluation> ofClasses = Optional.ofNullable(result.confusion())
                .map(confusion -> ClassEvaluation.of(result.classes(), confusion));
        ofClasses.ifPresent(evaluation -> Pictures.confusionCsv(evaluation, folder.resolve("confusion.csv")));
        try {
            ofClasses.ifPresent(evaluation -> Pictures.confusion(evaluation, folder.resolve("confusion.png")));
            Pictures.curves(
                    result.epochs().stream()
                            .map(e -> new EpochScores(
                                    e.epoch(), e.trainLoss(), e.trainScore(), e.valLoss(), e.valScore()))
                            .toList(),
                    result.metric(),
                    result.bestEpoch(),
                    folder.resolve("curves.png"));
        } catch (CannotWrite e) {
            throw e;
        } catch (Refusal e) {
            progress.note(e.getMessage());
        }
    }
}
