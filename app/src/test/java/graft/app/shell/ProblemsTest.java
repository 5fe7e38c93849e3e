package graft.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.InProcessWorker;
import graft.app.RedAndBlue;
import graft.app.controls.Choosers;
import graft.app.jobs.DirectJobRunner;
import graft.app.problem.Problem;
import graft.app.problem.Problem.Severity;
import graft.app.shell.ProblemsViewModel.Found;
import graft.run.PlanOptions;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.SimpleObjectProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The problems of all steps in one list, each with what helps. */
class ProblemsTest {
    @TempDir
    Path folder;

    private final PlayedProcess process = new PlayedProcess();
    private Workbench workbench;

    @BeforeEach
    void open() {
        workbench = new Workbench(
                new DirectJobRunner(), new InProcessWorker(), process, new Choosers(), folder.resolve("project"));
    }

    /** What is remembered is written a little later: not into a folder that is being deleted. */
    @AfterEach
    void write() {
        workbench.memory().write();
    }

    private Optional<Found> found(String words) {
        return workbench.problems().found().stream()
                .filter(each -> each.problem().what().contains(words))
                .findFirst();
    }

    private void fix(String words) {
        workbench.problems().fix(found(words).orElseThrow());
    }

    @Test
    void nothingIsWrongWhereNothingIsOpen() {
        assertThat(workbench.problems().found()).isEmpty();
    }

    @Test
    void whatCannotBeReadIsPassedOverWithAClickAndComesBackWithUndo() throws IOException {
        Path data = RedAndBlue.splitPictures(folder.resolve("data"), 4);
        Files.writeString(data.resolve("train/red/torn.png"), "no picture");
        workbench.data().open(data);
        assertThat(found("torn.png")).hasValueSatisfying(problem -> {
            assertThat(problem.step()).isEqualTo(Step.DATA);
            assertThat(problem.problem().severity()).isEqualTo(Severity.WARNING);
        });
        fix("torn.png");
        assertThat(found("torn.png")).isEmpty();
        assertThat(data.resolve("train/red/torn.png")).exists();
        workbench.problems().undo();
        assertThat(found("torn.png")).isPresent();
        assertThat(workbench.problems().fixedProperty().get()).isNull();
    }

    /** Three pictures of one class to learn from, of which one is judged by as well; of another class all differ. */
    private Path learntAndJudged() throws IOException {
        Path data = folder.resolve("data");
        for (String part : List.of("train", "val")) {
            for (int i = 0; i < 4; i++) {
                Color blue = new Color(0, i, part.equals("train") ? 255 : 200);
                Color red = new Color(part.equals("train") ? 255 : 200, i, 0);
                Files.createDirectories(data.resolve(part + "/blue"));
                Files.createDirectories(data.resolve(part + "/red"));
                RedAndBlue.picture(data.resolve(part + "/blue/" + i + ".png"), blue);
                RedAndBlue.picture(data.resolve(part + "/red/" + i + ".png"), red);
            }
        }
        Files.copy(data.resolve("train/red/0.png"), data.resolve("val/red/copy.png"));
        return data;
    }

    @Test
    void onePictureOnBothSidesOfTheSplitIsLeftOutWithAClick() throws IOException {
        workbench.data().open(learntAndJudged());
        assertThat(workbench.data().examplesProperty().get().val()).isEqualTo(9);
        fix("also among those to learn from");
        assertThat(found("also among those to learn from")).isEmpty();
        assertThat(workbench.data().examplesProperty().get().train()
                        + workbench.data().examplesProperty().get().val())
                .isEqualTo(16);
        workbench.problems().undo();
        assertThat(found("also among those to learn from")).isPresent();
        assertThat(workbench.data().examplesProperty().get().val()).isEqualTo(9);
    }

    @Test
    void aFixThatIsRefusedOffersNoUndo() throws IOException {
        // All pictures of each class are the same: without the copies one class is left.
        workbench.data().open(RedAndBlue.splitPictures(folder.resolve("data"), 4));
        fix("lies in more than one class");
        assertThat(workbench.problems().found().get(0).problem().what()).contains("pictures of one class only");
        assertThat(workbench.problems().fixedProperty().get()).isNull();
    }

    @Test
    void undoTakesBackNothingThatWasDoneSince() throws IOException {
        workbench.data().open(learntAndJudged());
        fix("also among those to learn from");
        workbench.data().rename("red", "crimson");
        workbench.problems().undo();
        assertThat(workbench.data().examplesProperty().get().classNames()).contains("crimson");
        assertThat(workbench.problems().found().get(0).problem().what()).contains("changed again since");
    }

    @Test
    void classesOfDifferentSizeAreWeighedWithAClick() throws IOException {
        Path data = folder.resolve("data");
        RedAndBlue.folder(data.resolve("blue"), Color.BLUE, 60);
        RedAndBlue.folder(data.resolve("red"), Color.RED, 4);
        workbench.data().open(data);
        Found uneven = workbench.problems().found().stream()
                .filter(each -> each.step() == Step.TRAIN)
                .findFirst()
                .orElseThrow();
        workbench.problems().fix(uneven);
        assertThat(workbench
                        .train()
                        .settings()
                        .property(PlanOptions.CLASS_WEIGHTS)
                        .getValue())
                .isTrue();
        assertThat(workbench.problems().found()).noneMatch(each -> each.step() == Step.TRAIN);
        workbench.problems().undo();
        assertThat(workbench.problems().found()).anyMatch(each -> each.step() == Step.TRAIN);
    }

    @Test
    void aRunThatFailedSaysWhyAndStandsFirst() throws IOException {
        Path data = RedAndBlue.splitPictures(folder.resolve("data"), 4);
        Files.writeString(data.resolve("train/red/torn.png"), "no picture");
        workbench.data().open(data);
        workbench.network().open(RedAndBlue.network(folder.resolve("net.onnx"), 1));
        workbench.train().start();
        process.says("graft: The disk is full.");
        process.ends(1, "");
        Found worst = workbench.problems().found().get(0);
        assertThat(worst.step()).isEqualTo(Step.TRAIN);
        assertThat(worst.problem().severity()).isEqualTo(Severity.WRONG);
        assertThat(worst.problem().what()).isEqualTo("The disk is full.");
        assertThat(workbench.log().lines()).anyMatch(line -> line.endsWith("The disk is full."));
    }

    @Test
    void aRunThatDivergedIsTriedAtATenthOfItsRate() throws IOException {
        workbench.data().open(RedAndBlue.splitPictures(folder.resolve("data"), 4));
        workbench.network().open(RedAndBlue.network(folder.resolve("net.onnx"), 1));
        workbench.train().settings().property(PlanOptions.LEARNING_RATE).setValue(5.0);
        workbench.train().start();
        process.says("graft: The loss became NaN. Use a smaller --lr (it was 5.0).");
        process.ends(1, "");
        fix("The loss became NaN");
        assertThat(workbench
                        .train()
                        .settings()
                        .property(PlanOptions.LEARNING_RATE)
                        .getValue())
                .isEqualTo(0.5);
        assertThat(workbench.train().run().stateProperty().get().isUnderWay()).isTrue();
        assertThat(found("The loss became NaN")).isEmpty();
    }

    @Test
    void aNetworkThatCannotBeOpenedIsToldUntilItIsDismissed() throws IOException {
        workbench.network().open(Files.writeString(folder.resolve("torn.onnx"), "no network"));
        assertThat(found("torn.onnx").orElseThrow().step()).isEqualTo(Step.NETWORK);
        fix("torn.onnx");
        assertThat(workbench.problems().found()).isEmpty();
    }

    @Test
    void theWorstStandFirstAndWhatSaysTheSameStaysInItsRow() {
        SimpleObjectProperty<List<Problem>> data = new SimpleObjectProperty<>(List.of(Problem.note("a")));
        SimpleObjectProperty<List<Problem>> deploy = new SimpleObjectProperty<>(List.of(Problem.wrong("b")));
        ProblemsViewModel model = new ProblemsViewModel(List.of(
                new ProblemsViewModel.Source(Step.DATA, data), new ProblemsViewModel.Source(Step.DEPLOY, deploy)));
        assertThat(model.found()).extracting(each -> each.problem().what()).containsExactly("b", "a");
        Found row = model.found().get(1);
        data.set(List.of(Problem.note("a")));
        assertThat(model.found().get(1)).isSameAs(row);
        data.set(List.of(Problem.warning("a")));
        assertThat(model.found().get(1)).isNotSameAs(row);
    }
}
