package graft.app.evaluate;

import graft.Refusal;
import graft.app.evaluate.Judgement.Example;
import graft.app.jobs.Job;
import graft.app.jobs.JobRunner;
import graft.data.ClassNames;
import graft.data.DataOptions;
import graft.data.DataSet;
import graft.data.LoosePictures;
import graft.data.PictureInput;
import graft.data.Preprocessing;
import graft.evaluate.Evaluation;
import graft.evaluate.Evaluator;
import graft.evaluate.Predictions;
import graft.onnx.Model;
import graft.onnx.OnnxFile;
import graft.progress.Progress;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.List;
import java.util.Optional;
import java.util.ResourceBundle;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;

/** How good a network's file is, as ONNX Runtime answers from it. */
public final class EvaluateViewModel {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.evaluate");

    private final JobRunner jobs;
    private final ObservableValue<Path> data;
    private final SimpleObjectProperty<Path> network = new SimpleObjectProperty<>();
    private final ReadOnlyObjectWrapper<Judgement> judgement = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Example> tried = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper headline = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper judging = new ReadOnlyBooleanWrapper();
    private final StringBinding obstacle;
    private final StringBinding summary;

    /**
     * @param result the file that the last run exported; null while there is none
     * @param data where the examples are; null while none are open
     */
    public EvaluateViewModel(JobRunner jobs, ObservableValue<Path> result, ObservableValue<Path> data) {
        this.jobs = jobs;
        this.data = data;
        this.obstacle = Bindings.createStringBinding(this::findObstacle, network, data);
        this.summary = Bindings.createStringBinding(this::summarise, judgement, network, data);
        result.addListener((value, old, file) -> {
            if (file != null) {
                open(file);
                judge();
            }
        });
        judgement.addListener((value, old, now) -> headline.set(now == null ? "" : headline(now.evaluation())));
    }

    private static String headline(Evaluation evaluation) {
        double half = (evaluation.interval()[1] - evaluation.interval()[0]) / 2;
        return text("headline", 100 * evaluation.accuracy(), 100 * half);
    }

    private String findObstacle() {
        if (network.get() == null) {
            return TEXTS.getString("needs.network");
        }
        return data.getValue() == null ? TEXTS.getString("needs.data") : "";
    }

    private String summarise() {
        Judgement now = judgement.get();
        if (now == null) {
            return obstacle == null ? "" : findObstacle();
        }
        Evaluation evaluation = now.evaluation();
        String words = text(
                "summary",
                100 * evaluation.accuracy(),
                100 * evaluation.interval()[0],
                100 * evaluation.interval()[1],
                evaluation.n(),
                100 * evaluation.baseline());
        return isStale(now) ? text("stale", words) : words;
    }

    private boolean isStale(Judgement now) {
        return !now.network().equals(network.get()) || !now.data().equals(data.getValue());
    }

    /** Any {@code .onnx} file may be judged. */
    public void open(Path file) {
        network.set(file);
    }

    /** Judges the file by the examples to judge by. */
    public void judge() {
        if (!findObstacle().isEmpty() || judging.get()) {
            return;
        }
        Path file = network.get();
        Path source = data.getValue();
        problem.set("");
        Job job = jobs.start(
                text("judging", file.getFileName()),
                progress -> judge(file, source, progress),
                judgement::set,
                problem::set);
        // A job that the user cancels ends without result and without failure.
        judging.bind(job.runningProperty());
    }

    private static Judgement judge(Path file, Path source, Progress progress) {
        DataSet examples = DataSet.open(
                source,
                preparation(file, source),
                DataOptions.forJudging(OnnxFile.read(file).metadata(), true),
                progress);
        try (Evaluator evaluator = Evaluator.open(file, 0)) {
            Predictions predictions = evaluator.predict(examples.classes(), examples.val(), progress);
            return new Judgement(file, source, predictions, Evaluation.of(predictions));
        }
    }

    private static Optional<Preprocessing> preparation(Path file, Path source) {
        Model model = OnnxFile.read(file);
        return source.toString().endsWith(".npz")
                ? Optional.empty()
                : PictureInput.of(model.graph().inputs().get(0)).preprocessing(model.metadata());
    }

    /** Asks the network about a picture of which nothing is known. */
    public void tryOut(List<Path> files) {
        Path file = network.get();
        if (file == null) {
            problem.set(TEXTS.getString("needs.network"));
            return;
        }
        problem.set("");
        jobs.start(
                text("trying", files.get(0).getFileName()),
                progress -> ask(file, files.get(0), progress),
                tried::set,
                problem::set);
    }

    private static Example ask(Path file, Path picture, Progress progress) {
        Model model = OnnxFile.read(file);
        List<String> classes = ClassNames.fromMetadata(model.metadata())
                .orElseThrow(() -> new Refusal(
                        file + " does not name its classes, so its answers have no words. Fine-tune it first."));
        Preprocessing how = preparation(file, picture)
                .orElseThrow(() -> new Refusal(file + " does not say how large its pictures are. Fine-tune it first."));
        try (Evaluator evaluator = Evaluator.open(file, 0)) {
            Predictions said = evaluator.predict(classes, LoosePictures.of(List.of(picture), how, progress), progress);
            return new Example(
                    picture, "", said.classes().get(said.predicted()[0]), said.classes(), said.probabilities()[0]);
        }
    }

    private static String text(String key, Object... values) {
        return MessageFormat.format(TEXTS.getString(key), values);
    }

    /** Null until something was judged. */
    public ReadOnlyObjectProperty<Judgement> judgementProperty() {
        return judgement.getReadOnlyProperty();
    }

    /** The picture that was tried last; null before. */
    public ReadOnlyObjectProperty<Example> triedProperty() {
        return tried.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty headlineProperty() {
        return headline.getReadOnlyProperty();
    }

    /** Accuracy with its interval and the baseline, in words; says so where it is of an earlier network or data set. */
    public StringBinding summaryProperty() {
        return summary;
    }

    /** Why nothing can be judged yet; "" where it can. */
    public StringBinding obstacleProperty() {
        return obstacle;
    }

    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty judgingProperty() {
        return judging.getReadOnlyProperty();
    }
}
