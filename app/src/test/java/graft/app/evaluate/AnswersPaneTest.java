package graft.app.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import graft.answers.AnswerEvaluation.Group;
import graft.answers.AnswerEvaluation.Marked;
import graft.app.FxTest;
import graft.app.Screenshots;
import graft.app.Screenshots.Size;
import graft.app.controls.MarkedText;
import graft.app.jobs.DirectJobRunner;
import graft.app.jobs.Worker;
import graft.app.look.Theme;
import graft.app.task.Edition;
import graft.app.task.TaskView;
import graft.app.task.TaskViews;
import graft.data.Span;
import graft.judge.Score;
import graft.predict.Entity;
import graft.progress.Progress;
import graft.worker.Asking;
import graft.worker.JudgingAnswers;
import graft.worker.Work;
import graft.worker.Works;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ResourceBundle;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

@FxTest
class AnswersPaneTest {
    private static final String PASSAGE = "Foxglove. Carla Costa brought it in 2001. Its seeds came from Lisbon, and"
            + " since then it stands beside the pond, where Hugo looks after it.";

    @TempDir
    Path folder;

    private Stage stage;
    private Asking.Plan asked;

    private static Span at(String words) {
        int start = PASSAGE.indexOf(words);
        return new Span(start, start + words.length(), "answer");
    }

    private static Marked question(String asked, List<String> gold, String said, double f1) {
        return new Marked(
                "q" + asked.length(),
                asked,
                PASSAGE,
                gold.stream().map(AnswersPaneTest::at).toList(),
                said.isEmpty() ? List.of() : List.of(at(said)),
                said,
                0.75,
                f1);
    }

    private static JudgingAnswers.Judged judged() {
        return new JudgingAnswers.Judged(
                4,
                List.of(Score.share("f1", 0.625, new double[] {0.25, 1}), Score.share("exact_match", 0.5, null)),
                List.of(new Group("answerable", 3, 0.5, 0.33), new Group("no answer", 1, 1, 1)),
                Optional.of(1.5),
                2,
                1,
                List.of(
                        question("When was the plant brought?", List.of("2001"), "Lisbon", 0),
                        question("Who brought the plant?", List.of("Carla Costa"), "Costa", 0.5),
                        question("Who looks after it?", List.of("Hugo"), "Hugo", 1),
                        question("What did it cost?", List.of(), "", 1)));
    }

    /** The worker's process, played. */
    private final class Played implements Worker {
        @Override
        @SuppressWarnings("unchecked")
        public <P extends Work.Plan, R> R ask(Work<P, R> work, P plan, Progress progress) {
            if (work == (Work<?, ?>) Works.JUDGE_ANSWERS) {
                return (R) judged();
            }
            asked = (Asking.Plan) plan;
            return (R) new Asking.Answer(
                    asked.text().orElseThrow(),
                    List.of(),
                    List.of(),
                    false,
                    List.of(
                            new Entity(at("Lisbon"), 0.5f),
                            new Entity(at("from Lisbon"), 0.25f),
                            new Entity(at("Hugo"), 0.125f)));
        }
    }

    @Start
    void start(Stage stage) throws Exception {
        this.stage = stage;
        Theme.LIGHT.wear();
        TaskView view = TaskViews.own().stream()
                .filter(each -> each.task().name().equals("question-answering"))
                .findFirst()
                .orElseThrow();
        SimpleObjectProperty<Path> network = new SimpleObjectProperty<>();
        EvaluateViewModel model = new EvaluateViewModel(
                new DirectJobRunner(),
                new Played(),
                network,
                new SimpleBooleanProperty(true),
                new SimpleObjectProperty<>(Files.writeString(folder.resolve("squad.json"), "{}")),
                new SimpleObjectProperty<>(Edition.FIRST),
                new SimpleObjectProperty<>(view));
        AnswersPane pane = new AnswersPane(model, ResourceBundle.getBundle("graft.app.evaluate"));
        StackPane root = new StackPane(pane);
        root.getStyleClass().add("screen");
        root.getStylesheets().add("/graft/app/workbench.css");
        stage.setScene(new Scene(root, 1000, 560));
        stage.show();
        network.set(Files.writeString(folder.resolve("net.onnx"), ""));
    }

    private static String marked(FxRobot robot, String in) {
        return robot.from(robot.lookup(in).queryAll())
                .lookup(".marked-text")
                .queryAs(MarkedText.class)
                .getAccessibleText();
    }

    @Test
    void questionsAreLookedAtInTheirPassagesAndAskedAnew(FxRobot robot) {
        TableView<Marked> questions = robot.lookup("#answer-questions").queryTableView();
        assertThat(questions.getItems()).extracting(Marked::f1).containsExactly(0.0, 0.5);
        assertThat(marked(robot, "#answer-passage")).contains("Lisbon: 75", "found where nothing is", "2001: , missed");
        robot.interact(robot.lookup("#answers-all").queryButton()::fire);
        assertThat(questions.getItems()).hasSize(4);
        robot.interact(() -> questions.getSelectionModel().select(2));
        assertThat(marked(robot, "#answer-passage"))
                .contains("Hugo: 75", "found")
                .doesNotContain("missed");

        assertThat(robot.lookup(".live-passage").queryAs(TextArea.class).getText())
                .isEqualTo(PASSAGE);
        robot.interact(() -> {
            robot.lookup(".live-question").queryAs(TextField.class).setText("From where?");
            robot.lookup(".live-ask").queryAs(Button.class).fire();
        });
        assertThat(asked.question()).contains("From where?");
        // The second best lies over the best: it is told below, and not marked.
        assertThat(marked(robot, ".half-tall.live"))
                .contains("Lisbon: 50", "Hugo: 12.5")
                .doesNotContain("from Lisbon: ");
        for (Theme theme : Theme.values()) {
            Screenshots.take(stage, "answers", theme, new Size(776, 500, 1, 1));
            Screenshots.take(stage, "answers", theme, new Size(1640, 900, 1, 1));
        }
        Screenshots.take(stage, "answers", Theme.LIGHT, new Size(776, 500, 1, 1.5));
    }
}
