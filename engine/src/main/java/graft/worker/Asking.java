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
import graft.novelty.Novelty;
import graft.onnx.Model;
import graft.onnx.NetworkFile;
import graft.onnx.OnnxFile;
import graft.predict.Entity;
import graft.progress.Progress;
import graft.task.Task;
import graft.task.TaskTable;
import graft.text.TextDataSet;
import graft.text.TextExample;
import graft.text.TextInputs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Asks a network about an example of which nothing is known. */
public final class Asking {
    private Asking() {}

    /**
     * What is asked about: a file, or a text that was typed.
     *
     * @param file the network's
     * @param question about the text, where the network takes one
     */
    public record Plan(Path file, Optional<Path> example, Optional<String> text, Optional<String> question)
            implements Work.Plan {
        /** About a picture, or a text in a file. */
        public static Plan about(Path file, Path example) {
            return new Plan(file, Optional.of(example), Optional.empty(), Optional.empty());
        }

        /** About a text that was typed. */
        public static Plan about(Path file, String text) {
            return new Plan(file, Optional.empty(), Optional.of(text), Optional.empty());
        }

        /** A question about a passage, both typed. */
        public static Plan about(Path file, String passage, String question) {
            return new Plan(file, Optional.empty(), Optional.of(passage), Optional.of(question));
        }

        @Override
        public List<Path> files() {
            return example.map(path -> List.of(file, path)).orElse(List.of(file));
        }
    }

    /**
     * What it answered.
     *
     * @param words what was asked, where it is of words; else ""
     * @param classes names of the network's classes
     * @param strange whether it is unlike all that the network learnt from, as far as its file knows
     * @param places in {@code words}, where answers are such; there are no classes of the whole then. Of a question they are its
     *     answers, the likeliest first; one without letters says that there is none
     */
    public record Answer(
            String words, List<String> classes, List<Share> shares, boolean strange, List<Entity> places) {}

    static Answer run(Plan plan, Progress progress) throws IOException {
        Path file = plan.file();
        Model model = OnnxFile.read(file);
        Optional<Task> ofPlaces =
                TaskTable.noted(model).filter(task -> task.spotting().isPresent());
        if (ofPlaces.isPresent()) {
            return AskingForPlaces.answer(plan, ofPlaces.get(), progress);
        }
        Examples asked = asked(plan, model, progress);
        Classifier classifier = Classifier.of(file, model, Reading.USUAL);
        List<String> classes = NamedClasses.find(
                        file, classifier.model(), classifier.answer(), classifier.outputs(asked))
                .map(NamedClasses::names)
                .orElseThrow(() -> new Refusal(
                        file + " does not name its classes, so its answers have no words. Fine-tune it first."));
        try (Evaluator evaluator = Evaluator.open(file, 0)) {
            Predictions said = evaluator.predict(classes, asked, progress);
            return new Answer(
                    asked.words(0).orElse(""),
                    said.classes(),
                    Share.best(said.predicted()[0], said.probabilities()[0]),
                    isStrange(NetworkFile.at(file), asked, progress),
                    List.of());
        }
    }

    private static boolean isStrange(NetworkFile file, Examples asked, Progress progress) {
        Optional<Novelty> novelty = Novelty.open(file, Reading.USUAL, 0);
        if (novelty.isEmpty()) {
            return false;
        }
        try (Novelty known = novelty.get()) {
            return Novelty.isStrange(known.of(asked, progress)[0]);
        }
    }

    private static Examples asked(Plan plan, Model model, Progress progress) {
        if (!TextInputs.areOf(model.graph())) {
            Path picture = plan.example()
                    .orElseThrow(() -> new Refusal(plan.file() + " reads no texts. Give it what it was trained with."));
            return LoosePictures.of(List.of(picture), preparation(plan.file(), model), progress);
        }
        TextExample text = plan.text()
                .map(words -> new TextExample("", words, Optional.empty(), 0))
                .orElseGet(() -> TextDataSet.read(plan.example().orElseThrow(), progress));
        return TextDataSet.loose(List.of(text), plan.file(), model, progress);
    }

    static Preprocessing preparation(Path file, Model model) {
        return Judging.preparation(file, model)
                .orElseThrow(() -> new Refusal(file + " does not say how large its pictures are. Fine-tune it first."));
    }
}
