package graft.app.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import graft.app.HeldJobRunner;
import graft.app.InProcessWorker;
import graft.app.RedAndBlue;
import graft.app.evaluate.Judgement.Example;
import graft.app.jobs.DirectJobRunner;
import graft.app.jobs.Job;
import graft.app.jobs.JobRunner;
import graft.app.jobs.Worker;
import graft.app.task.Edition;
import graft.app.task.TaskView;
import graft.app.task.TaskViews;
import graft.data.Corrections;
import graft.data.DataOptions;
import graft.data.DataSet;
import graft.evaluate.ClassEvaluation;
import graft.image.ImageData;
import graft.image.Preprocessing;
import graft.progress.Progress;
import graft.worker.HowRead;
import graft.worker.Judging;
import graft.worker.Judging.Answered;
import graft.worker.Work;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateViewModelTest {
    @TempDir
    Path folder;

    private final SimpleObjectProperty<Path> result = new SimpleObjectProperty<>();
    private final SimpleObjectProperty<Path> data = new SimpleObjectProperty<>();
    private final SimpleObjectProperty<Edition> edition = new SimpleObjectProperty<>(Edition.FIRST);
    private final SimpleObjectProperty<TaskView> view = new SimpleObjectProperty<>(TaskViews.usual());
    private final SimpleBooleanProperty current = new SimpleBooleanProperty(true);
    private final HeldJobRunner held = new HeldJobRunner(new DirectJobRunner());
    private final EvaluateViewModel model = model(new DirectJobRunner());

    private EvaluateViewModel model(JobRunner jobs) {
        return new EvaluateViewModel(jobs, new InProcessWorker(), result, current, data, edition, view);
    }

    private Judgement judge() throws IOException {
        data.set(RedAndBlue.splitPictures(folder.resolve("data"), 5));
        result.set(RedAndBlue.network(folder.resolve("net.onnx"), 1));
        assertThat(model.problemProperty().get()).isEmpty();
        return model.judgementProperty().get();
    }

    @Test
    void theResultOfARunIsJudgedByItself() throws IOException {
        assertThat(judge().evaluation().confusion()).isDeepEqualTo(new int[][] {{4, 1}, {0, 5}});
        // Wilson's 95 % interval of 9 in 10 is 59.58–98.21 (statsmodels' proportion_confint).
        assertThat(model.headlineProperty().get()).isEqualTo("90.0 % (59.6–98.2)");
        assertThat(model.summaryProperty().get()).contains("net.onnx: 90.0 %, 59.6–98.2 on 10 images");
    }

    @Test
    void theNetworkOfARunIsNotReadyForDataOfOtherClasses() throws IOException {
        judge();
        model.misfitProperty().set("The open data have spam.");
        assertThat(model.obstacleProperty().get()).isEqualTo("The open data have spam.");
        model.open(RedAndBlue.network(folder.resolve("other.onnx"), 1));
        assertThat(model.obstacleProperty().get())
                .as("of a network from elsewhere the file itself speaks")
                .isEmpty();
    }

    @Test
    void aCellOpensItsPictures() throws IOException {
        Judgement judgement = judge();
        List<Example> taken = judgement.cell(0, 1);
        assertThat(taken).hasSize(1);
        assertThat(taken.get(0).file())
                .isEqualTo(folder.resolve("data/val/blue/0.png"))
                .exists();
        assertThat(taken.get(0).truth()).isEqualTo("blue");
        assertThat(judgement.wrong(0)).hasSize(1);
        assertThat(judgement.wrong(1)).isEmpty();
        assertThat(judgement.worst()).hasSize(1);
    }

    @Test
    void aPictureIsTriedWithTheClassesOfItsNetworkBeforeAnythingWasJudged() throws IOException {
        model.open(RedAndBlue.network(folder.resolve("net.onnx"), 1));
        model.tryOut(List.of(RedAndBlue.picture(folder.resolve("some.png"), Color.RED)));
        assertThat(model.problemProperty().get()).isEmpty();
        Example tried = model.triedProperty().get();
        assertThat(tried.predicted()).isEqualTo("red");
        assertThat(tried.classes()).containsExactly("blue", "red");
        // softmax of the scores 0 and 4: 1 / (1 + e^-4)
        assertThat((double) tried.shares().get(0).probability()).isCloseTo(0.98201379, within(1e-6));
    }

    @Test
    void figuresOfAnotherNetworkAreSaidToBeOld() throws IOException {
        judge();
        model.open(RedAndBlue.network(folder.resolve("other.onnx"), 1));
        assertThat(model.summaryProperty().get())
                .as("first, where no narrow window cuts it off")
                .startsWith("Evaluate again: this is of another network or data set");
        assertThat(model.headlineProperty().get()).isEqualTo("90.0 % (59.6–98.2) · evaluate again");
        assertThat(model.staleProperty().get()).isTrue();
        model.judge();
        assertThat(model.summaryProperty().get()).contains(".onnx: 90.0 %");
        assertThat(model.staleProperty().get()).isFalse();
    }

    @Test
    void whatWasAssumedAsItJudgedIsSaid() {
        ClassEvaluation assumed = new ClassEvaluation(
                1,
                new double[] {0.3, 1},
                0.5,
                List.of("a", "b"),
                new int[2][2],
                List.of(),
                List.of(),
                2,
                List.of("Assumed."),
                Optional.empty());
        Worker answering = new Worker() {
            @Override
            public <P extends Work.Plan, R> R ask(Work<P, R> work, P plan, Progress progress) {
                return work.result().cast(new Judging.Judged(assumed, List.of(), List.of()));
            }
        };
        EvaluateViewModel saying =
                new EvaluateViewModel(new DirectJobRunner(), answering, result, current, data, edition, view);
        data.set(folder);
        saying.open(folder.resolve("net.onnx"));
        assertThat(saying.remarksProperty().get()).isEmpty();
        saying.judge();
        assertThat(saying.remarksProperty().get()).isEqualTo("Assumed.");
    }

    @Test
    void classesOfANetworkFromElsewhereAreReadAsTheUserSays() throws IOException {
        data.set(RedAndBlue.splitPictures(folder.resolve("data"), 5));
        model.open(RedAndBlue.network(folder.resolve("foreign.onnx"), 1));
        assertThat(model.foreignProperty().get()).isTrue();
        Path names = Files.writeString(folder.resolve("names.txt"), "red\nblue\n");
        model.readClasses(Optional.empty(), Optional.of(names));
        // As its file names them 9 of the 10 are right.
        assertThat(model.judgementProperty().get().evaluation().accuracy()).isEqualTo(0.1);
        model.open(RedAndBlue.network(folder.resolve("another.onnx"), 1));
        model.judge();
        assertThat(model.judgementProperty().get().evaluation().accuracy())
                .as("what was said of the network before is not said of this one")
                .isEqualTo(0.9);
    }

    @Test
    void figuresOfOtherDataAreSaidToBeOld() throws IOException {
        judge();
        data.set(RedAndBlue.splitPictures(folder.resolve("other"), 3));
        assertThat(model.staleProperty().get()).isTrue();
    }

    @Test
    void figuresOfDataThatWereChangedSinceAreSaidToBeOld() throws IOException {
        judge();
        edition.set(new Edition(HowRead.USUAL, Corrections.leavingOut(List.of("val/red/1.png"))));
        assertThat(model.staleProperty().get()).isTrue();
        assertThat(model.editedProperty().get()).isTrue();
        assertThat(model.staleNoteProperty().get()).contains("data have changed since");
        Corrections.leavingOut(List.of("val/red/1.png")).writeTo(data.get());
        model.judge();
        assertThat(model.staleProperty().get()).isFalse();
        assertThat(model.judgementProperty().get().evaluation().n()).isEqualTo(9);
        edition.set(Edition.FIRST); // undone
        assertThat(model.staleNoteProperty().get()).isNotEmpty();
    }

    @Test
    void figuresOfChangedDataAreNotOldOnlySinceTheRunWasBefore() throws IOException {
        judge();
        edition.set(new Edition(HowRead.USUAL, Corrections.leavingOut(List.of("train/red/1.png"))));
        assertThat(model.staleNoteProperty().get()).startsWith("The data have changed since");
        current.set(false);
        model.trainedBeforeProperty().set(true);
        assertThat(model.staleNoteProperty().get()).startsWith("The data have changed since");
        Corrections.leavingOut(List.of("train/red/1.png")).writeTo(data.get());
        model.judge();
        assertThat(model.staleProperty().get()).isFalse();
        assertThat(model.headlineProperty().get()).isEqualTo("90.0 % (59.6–98.2)");
        assertThat(model.staleNoteProperty().get()).contains("trained before the data changed");
        assertThat(model.staleNoteProperty().get()).doesNotContain("older run");
    }

    @Test
    void anAnswerAboutAFileIsForgottenWithTheDataItWasAskedBeside() throws IOException {
        judge();
        model.tryOut(List.of(folder.resolve("none.png")));
        assertThat(model.problemProperty().get()).contains("none.png");
        data.set(RedAndBlue.splitPictures(folder.resolve("other"), 3));
        assertThat(model.problemProperty().get()).isEmpty();
        model.tryOut(List.of(RedAndBlue.picture(folder.resolve("some.png"), Color.RED)));
        assertThat(model.triedProperty().get()).isNotNull();
        data.set(folder.resolve("data"));
        assertThat(model.triedProperty().get()).isNull();
    }

    @Test
    void figuresOfTheRunBeforeAreSaidToBeOldWhileTheNextIsUnderWay() throws IOException {
        judge();
        result.set(null);
        assertThat(model.staleProperty().get()).isTrue();
        assertThat(model.headlineProperty().get()).isEqualTo("90.0 % (59.6–98.2) · older run");
        assertThat(model.summaryProperty().get()).startsWith("This is of an older run");
    }

    @Test
    void figuresOfARunAreOldOnceAnotherNetworkIsToBeTrained() throws IOException {
        judge();
        current.set(false);
        assertThat(model.staleProperty().get()).isTrue();
        model.judge(); // the user wants to know of that one
        assertThat(model.staleProperty().get()).isFalse();
    }

    @Test
    void aRunThatEndsWhileAnotherFileIsJudgedIsJudgedNext() throws IOException {
        EvaluateViewModel slow = model(held);
        data.set(RedAndBlue.splitPictures(folder.resolve("data"), 5));
        slow.open(RedAndBlue.network(folder.resolve("old.onnx"), 1));
        slow.judge();
        Job first = held.jobs().get(held.jobs().size() - 1);
        result.set(RedAndBlue.network(folder.resolve("new.onnx"), 1));
        assertThat(first.isCancelled()).as("nobody waits for it").isTrue();
        held.goOn();
        assertThat(slow.judgementProperty().get().network()).isEqualTo(folder.resolve("new.onnx"));
    }

    @Test
    void aFileThatARunWroteAnewIsJudgedAnew() throws IOException {
        Judgement before = judge();
        Path file = result.get();
        result.set(null);
        result.set(file);
        assertThat(model.judgementProperty().get()).isNotNull().isNotSameAs(before);
    }

    @Test
    void theResultOfARunOnOtherDataWaitsForTheUser() throws IOException {
        data.set(RedAndBlue.splitPictures(folder.resolve("data"), 5));
        current.set(false);
        result.set(RedAndBlue.network(folder.resolve("net.onnx"), 1));
        assertThat(model.judgementProperty().get()).isNull();
        assertThat(model.problemProperty().get()).isEmpty();
        model.judge();
        assertThat(model.judgementProperty().get()).isNotNull();
    }

    @Test
    void theAnswerOfTheNetworkBeforeIsForgotten() throws IOException {
        model.open(RedAndBlue.network(folder.resolve("net.onnx"), 1));
        model.tryOut(List.of(RedAndBlue.picture(folder.resolve("some.png"), Color.RED)));
        assertThat(model.triedProperty().get()).isNotNull();
        model.open(RedAndBlue.network(folder.resolve("other.onnx"), 1));
        assertThat(model.triedProperty().get()).isNull();
    }

    @Test
    void whatWentWrongWithAnotherNetworkIsForgotten() throws IOException {
        model.open(Files.writeString(folder.resolve("cut.onnx"), "no network"));
        model.tryOut(List.of(RedAndBlue.picture(folder.resolve("some.png"), Color.RED)));
        assertThat(model.problemProperty().get()).contains("cut.onnx");
        model.open(RedAndBlue.network(folder.resolve("net.onnx"), 1));
        assertThat(model.problemProperty().get()).isEmpty();
    }

    @Test
    void aFileThatIsNoNetworkIsExplained() throws IOException {
        data.set(RedAndBlue.splitPictures(folder.resolve("data"), 2));
        model.open(Files.writeString(folder.resolve("cut.onnx"), "no network"));
        model.judge();
        assertThat(model.problemProperty().get()).contains("cut.onnx");
        assertThat(model.judgingProperty().get()).isFalse();
        model.tryOut(List.of(folder.resolve("data/val/red/0.png")));
        assertThat(model.problemProperty().get()).contains("cut.onnx");
    }

    @Test
    void whatIsMissingIsSaid() {
        assertThat(model.obstacleProperty().get()).contains("Train a network first");
        model.judge();
        assertThat(model.judgementProperty().get()).isNull();
    }

    @Test
    void noPictureThatTheNetworkLearnedFromIsAmongThoseItIsJudgedBy() throws IOException {
        Path pictures = folder.resolve("unsplit");
        RedAndBlue.folder(pictures.resolve("blue"), Color.BLUE, 30);
        RedAndBlue.folder(pictures.resolve("red"), Color.RED, 30);
        int seed = 5;
        DataSet trained = ImageData.open(
                pictures,
                Optional.of(Preprocessing.ofSize(RedAndBlue.SIZE)),
                new DataOptions(seed, false),
                Progress.NONE);
        data.set(pictures);
        model.open(RedAndBlue.network(folder.resolve("net.onnx"), seed));
        model.judge();
        assertThat(model.judgementProperty().get().answers())
                .extracting(Answered::name)
                .doesNotContainAnyElementsOf(IntStream.range(0, trained.train().size())
                        .mapToObj(trained.train()::name)
                        .toList())
                .hasSize(12);
    }
}
