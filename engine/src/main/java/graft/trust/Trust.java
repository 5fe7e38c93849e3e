package graft.trust;

import graft.data.DataSet;
import graft.data.Examples;
import graft.evaluate.Evaluator;
import graft.evaluate.Predictions;
import graft.files.OutputPlace;
import graft.meaning.Classifier;
import graft.meaning.CompleteNotes;
import graft.meaning.Reading;
import graft.novelty.NotedExamples;
import graft.onnx.MadeByGraft;
import graft.onnx.NetworkFile;
import graft.progress.Progress;
import graft.task.Task;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Asks a network's file about the parts of a data set, and says how far its answers can be trusted.
 *
 * @param file what is asked, read as {@code reading} says
 * @param task of the data
 * @param threads 0 = one per core
 */
public record Trust(NetworkFile file, Reading reading, DataSet data, Task task, long seed, int threads) {

    /** Fits a temperature on the validation part; writes the network with it, where {@code out} names a file. */
    public Calibration calibrate(Optional<Path> out, Progress progress) {
        out.ifPresent(place -> OutputPlace.checkFile(place, MadeByGraft::isOn, file.path()));
        Scored val = scored(data.val(), progress);
        Calibration found = Calibration.of(val, data.test().map(examples -> scored(examples, progress)), seed);
        Classifier network = Classifier.of(file.path(), file.model(), reading);
        out.ifPresent(place -> CooledFile.write(
                network,
                found.temperature(),
                CompleteNotes.of(network, reading, data.fedTo(network.file(), network.inputs())),
                val,
                made -> said(NetworkFile.at(made), data.val(), progress),
                place));
        return found;
    }

    /** Sets of classes that miss the true one in a share of {@code alpha}. */
    public ConformalSets sets(double alpha, ConformalSets.Kind kind, Progress progress) {
        return ConformalSets.of(
                scored(data.val(), progress),
                data.test().map(examples -> scored(examples, progress)),
                alpha,
                kind,
                seed);
    }

    /**
     * Labels that look wrong.
     *
     * @param folds of the cross-validation
     */
    public Suspects suspects(int folds, Progress progress) {
        return Suspects.of(file, reading, data, task, folds, seed, threads, progress);
    }

    /** What the file is to know of the examples that it learnt from; written with it, where {@code out} names a file. */
    public NotedExamples notedExamples(Optional<Path> out, Progress progress) {
        return NotedExamples.of(file, reading, data, seed, threads, out, progress);
    }

    /** Logits are asked for by themselves where probabilities do not tell them. */
    private Scored scored(Examples examples, Progress progress) {
        Predictions said = said(file, examples, progress);
        Optional<Scored> answered = Scored.of(said, said);
        if (answered.isPresent() || !Scored.isCutOff(said)) {
            return answered.orElseGet(() -> Scored.byProbabilities(said));
        }
        try (Evaluator below = Evaluator.ofLogits(file, reading, threads)) {
            return Scored.of(said, below.predict(data.classes(), examples, progress))
                    .orElseGet(() -> Scored.byProbabilities(said));
        }
    }

    private Predictions said(NetworkFile asked, Examples examples, Progress progress) {
        try (Evaluator evaluator = Evaluator.open(asked, reading, threads)) {
            return evaluator.predict(data.classes(), examples, progress);
        }
    }
}
