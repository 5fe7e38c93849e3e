package graft.worker;

import graft.image.PictureSample;
import graft.image.Preprocessing;
import graft.meaning.Classifier;
import graft.meaning.NotedPreparation;
import graft.meaning.Reading;
import graft.onnx.NetworkFile;
import graft.preparation.MeasuredPreparation;
import graft.progress.Progress;
import java.nio.file.Path;
import java.util.Optional;

/** Tries the usual preparations of pictures for a network whose file does not say it. */
public final class Proposing {
    private Proposing() {}

    /** @param assumed whose size and layout are kept */
    public record Plan(Path file, Reading reading, Path data, Preprocessing assumed) implements Work.Plan {}

    /**
     * What came of it.
     *
     * @param how the one that fits best; empty where none could be told to
     * @param evidence what was measured; "" where the network shows nothing
     */
    public record Proposed(Optional<Preprocessing> how, String evidence) {}

    static Proposed run(Plan plan, Progress progress) {
        NetworkFile file = NetworkFile.at(plan.file());
        boolean known = NotedPreparation.of(
                        plan.file(),
                        file.model(),
                        Classifier.of(plan.file(), file.model(), plan.reading()).input())
                .blocks()
                .isPresent();
        PictureSample sample = PictureSample.ofClasses(
                plan.data(), MeasuredPreparation.pictures(plan.file()), plan.assumed(), progress);
        return MeasuredPreparation.of(file, plan.reading(), plan.assumed(), known, sample, 0, progress)
                .map(found -> new Proposed(Optional.of(found.how()).filter(any -> found.decided()), found.evidence()))
                .orElseGet(() -> new Proposed(Optional.empty(), ""));
    }
}
