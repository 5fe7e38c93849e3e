package graft.worker;

import graft.Refusal;
import graft.data.Examples;
import graft.evaluate.Evaluator;
import graft.evaluate.Predictions;
import graft.image.LoosePictures;
import graft.image.Preprocessing;
import graft.meaning.Classifier;
import graft.meaning.NamedClasses;
import graft.meaning.Reading;
import graft.onnx.Model;
import graft.onnx.OnnxFile;
import graft.progress.Progress;
import java.nio.file.Path;
import java.util.List;

/** Asks a network about a picture of which nothing is known. */
public final class Asking {
    private Asking() {}

    /** @param file the network's */
    public record Plan(Path file, Path picture) implements Work.Plan {
        @Override
        public List<Path> files() {
            return List.of(file, picture);
        }
    }

    /** @param classes names of the network's classes */
    public record Answer(List<String> classes, List<Share> shares) {}

    static Answer run(Plan plan, Progress progress) {
        Path file = plan.file();
        Model model = OnnxFile.read(file);
        Preprocessing how = Judging.preparation(file, model)
                .orElseThrow(() -> new Refusal(file + " does not say how large its pictures are. Fine-tune it first."));
        Examples picture = LoosePictures.of(List.of(plan.picture()), how, progress);
        Classifier classifier = Classifier.of(file, model, Reading.USUAL);
        List<String> classes = NamedClasses.find(
                        file, classifier.model(), classifier.answer(), classifier.outputs(picture))
                .map(NamedClasses::names)
                .orElseThrow(() -> new Refusal(
                        file + " does not name its classes, so its answers have no words. Fine-tune it first."));
        try (Evaluator evaluator = Evaluator.open(file, 0)) {
            Predictions said = evaluator.predict(classes, picture, progress);
            return new Answer(said.classes(), Share.best(said.predicted()[0], said.probabilities()[0]));
        }
    }
}
