package graft.app.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.FxTest;
import graft.app.Screenshots;
import graft.app.Screenshots.Size;
import graft.app.evaluate.Judgement.Example;
import graft.app.jobs.DirectJobRunner;
import graft.app.jobs.Worker;
import graft.app.look.Theme;
import graft.app.task.Shown;
import graft.app.task.TaskViews;
import graft.explain.Method;
import graft.explain.WordWeights;
import graft.meaning.Reading;
import graft.progress.Progress;
import graft.worker.Explaining;
import graft.worker.Share;
import graft.worker.Work;
import java.nio.file.Path;
import java.util.List;
import java.util.ResourceBundle;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

@FxTest
class WhyViewTest {
    private static final List<WordWeights.Word> WORDS = List.of(
            new WordWeights.Word("hardly", -1.25, 1),
            new WordWeights.Word("a", 0.01, 1),
            new WordWeights.Word("masterpiece", 3.5, 1));

    private Stage stage;
    /** Bindings do not keep it. */
    private WhyViewModel model;

    @Start
    void start(Stage stage) {
        this.stage = stage;
        Worker answering = new Worker() {
            @Override
            public <P extends Work.Plan, R> R ask(Work<P, R> work, P plan, Progress progress) {
                return work.result().cast(new Explaining.Found(Method.OCCLUSION, "", new byte[0], WORDS, List.of()));
            }
        };
        model = new WhyViewModel(new DirectJobRunner(), answering);
        StackPane place = new StackPane();
        WhyView view = new WhyView(model, ResourceBundle.getBundle("graft.app.evaluate"), place);
        Label says = new Label();
        says.setWrapText(true);
        ScrollPane scroll = new ScrollPane(says);
        scroll.setFitToWidth(true);
        Label bars = new Label("bars");
        view.tellIn(says, scroll, bars);
        VBox card = new VBox(8, view.toggle(), new HBox(12, place, new StackPane(bars, scroll)));
        card.getStyleClass().add("card");
        stage.setScene(new Scene(new StackPane(card), 600, 300));
        stage.show();
        view.show(
                new Example(
                        Path.of("net.onnx"),
                        Reading.USUAL,
                        TaskViews.usual(),
                        new Shown("", "", Path.of(""), "hardly a masterpiece"),
                        "",
                        List.of("bad", "good"),
                        List.of(new Share(1, 0.6f)),
                        false),
                new Label("hardly a masterpiece"));
    }

    @Test
    void ofATextEachWordStandsWithItsSignAndWeight(FxRobot robot) {
        assertThat(robot.lookup("#why-words").tryQuery()).isEmpty();
        robot.clickOn("#why");
        WaitForAsyncUtils.waitForFxEvents();
        List<Label> words = robot.lookup("#why-words .chip").queryAllAs(Label.class).stream()
                .toList();
        assertThat(words)
                .extracting(Label::getText)
                .containsExactlyInAnyOrder("hardly −1.25", "a +0.01", "masterpiece +3.50");
        assertThat(words)
                .filteredOn(word -> word.getStyleClass().contains("chip-good"))
                .extracting(Label::getText)
                .containsExactly("masterpiece +3.50");
        assertThat(words)
                .filteredOn(word -> word.getStyleClass().contains("chip-bad"))
                .extracting(Label::getText)
                .containsExactly("hardly −1.25");
        robot.clickOn("#why");
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(robot.lookup("#why-words").tryQuery()).isEmpty();
        robot.clickOn("#why");
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(robot.lookup("#why-words").tryQuery()).isPresent();
        for (Theme theme : Theme.values()) {
            assertThat(Screenshots.take(stage, "evaluate-why-words", theme, Size.SMALL))
                    .exists();
        }
    }
}
