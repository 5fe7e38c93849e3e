package graft.app.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.FxTest;
import graft.app.Screenshots;
import graft.app.Screenshots.Size;
import graft.app.jobs.DirectJobRunner;
import graft.app.jobs.Worker;
import graft.app.look.Theme;
import graft.app.task.Edition;
import graft.app.task.TaskView;
import graft.app.task.Understanding;
import graft.language.Choice;
import graft.language.GapFiller.Candidate;
import graft.language.GapFiller.Filled;
import graft.language.GapFiller.Gap;
import graft.language.Generator;
import graft.language.WrittenPiece;
import graft.options.Settings;
import graft.progress.Progress;
import graft.run.PlanOptions;
import graft.worker.JudgingTexts;
import graft.worker.Work;
import graft.worker.Works;
import graft.worker.Writing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ResourceBundle;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

@FxTest
class LanguagePaneTest {
    @TempDir
    Path folder;

    private Stage stage;
    private SimpleObjectProperty<TaskView> view;
    private EvaluateViewModel model;
    private Writing.Plan written;
    private final List<String> seen = new ArrayList<>();

    /** The worker's process, played. */
    private final class Played implements Worker {
        @Override
        @SuppressWarnings("unchecked")
        public <P extends Work.Plan, R> R ask(Work<P, R> work, P plan, Progress progress) {
            if (work == (Work<?, ?>) Works.JUDGE_TEXTS) {
                return (R) new JudgingTexts.Judged(32, Optional.of(new double[] {28, 36.5}), 25, 3175, Math.log(32));
            }
            if (work == (Work<?, ?>) Works.FILL) {
                return (R) new Filled(
                        ((Writing.Gaps) plan).text(),
                        List.of(new Gap(List.of(new Candidate("milk", 0.75), new Candidate("tea", 0.125)))),
                        "The cat drank its milk.");
            }
            written = (Writing.Plan) plan;
            for (String piece : List.of(" there", " was a", " fox.")) {
                progress.report(new WrittenPiece(piece));
                seen.add(model.writing().writtenProperty().get());
            }
            return (R) new Generator.Generated(
                    written.prompt(), 4, " there was a fox.", List.of(1, 2, 3), "length", true, 0.5);
        }
    }

    private Understanding opened(String name) throws Exception {
        Path source = Files.createDirectories(folder.resolve("texts"));
        Files.writeString(source.resolve("one.txt"), "Once upon a time there was a garden.");
        Files.writeString(source.resolve("two.txt"), "A fox lived in it, and a hedgehog.");
        return Understanding.of(source, Settings.NONE.with(PlanOptions.TASK, Optional.of(name)));
    }

    @Start
    void start(Stage stage) throws Exception {
        this.stage = stage;
        Theme.LIGHT.wear();
        Understanding texts = opened("text-generation");
        view = new SimpleObjectProperty<>(texts.view());
        SimpleObjectProperty<Path> network = new SimpleObjectProperty<>();
        model = new EvaluateViewModel(
                new DirectJobRunner(),
                new Played(),
                network,
                new SimpleBooleanProperty(true),
                new SimpleObjectProperty<>(texts.source()),
                new SimpleObjectProperty<>(Edition.FIRST),
                view);
        LanguagePane pane = new LanguagePane(model, ResourceBundle.getBundle("graft.app.evaluate"));
        StackPane root = new StackPane(pane);
        root.getStyleClass().add("screen");
        root.getStylesheets().add("/graft/app/workbench.css");
        stage.setScene(new Scene(root, 1000, 560));
        stage.show();
        network.set(Files.writeString(folder.resolve("net.onnx"), ""));
    }

    private void look(String name) {
        for (Theme theme : Theme.values()) {
            Screenshots.take(stage, name, theme, new Size(776, 500, 1, 1));
        }
        Screenshots.take(stage, name, Theme.LIGHT, new Size(776, 500, 1, 1.5));
        Screenshots.take(stage, name + "-low", Theme.LIGHT, new Size(776, 380, 1, 1.5));
    }

    @Test
    void aNetworkWritesPieceByPieceAndFillsGaps(FxRobot robot) throws Exception {
        // 32 tokens, all alike: five bits each
        assertThat(model.judgedProperty().get().headlines())
                .extracting(Figures.Headline::figure)
                .containsExactly("32.0", "5.00");
        robot.interact(() -> {
            robot.lookup("#write-prompt").queryAs(TextArea.class).setText("Once upon a time");
            robot.lookup("#write-go").queryButton().fire();
        });
        assertThat(written.prompt()).isEqualTo("Once upon a time");
        assertThat(written.choice()).isEqualTo(new Choice(0.8, 50, 1, 1, 1));
        assertThat(seen).containsExactly(" there", " there was a", " there was a fox.");
        assertThat(robot.lookup("#write-text").queryAs(TextArea.class).getText())
                .isEqualTo(" there was a fox.");
        assertThat(robot.lookup("#write-says").queryAs(Label.class).getText()).startsWith("3 tokens, 6 a second");
        look("writing");
        Node scroll = robot.lookup("#write-scroll").query();
        assertThat(scroll.lookupAll(".scroll-bar").stream()
                        .filter(bar -> bar.getParent() == scroll)
                        .anyMatch(Node::isVisible))
                .as("what has no room in a low window with large texts can be scrolled to")
                .isTrue();

        robot.interact(() -> {
            try {
                view.set(opened("fill-mask").view());
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        robot.interact(() -> {
            robot.lookup("#gaps-sentence").queryAs(TextField.class).setText("The cat drank its [MASK].");
            robot.lookup("#gaps-ask").queryButton().fire();
        });
        assertThat(robot.from(robot.lookup("#gaps-found").queryAll())
                        .lookup(".chip")
                        .queryAllAs(Label.class))
                .extracting(Label::getText)
                .containsExactly("milk  75.0 %", "tea  12.5 %");
        look("gaps");
    }

    @Test
    void unlabelledTextsAreOpenedForWhatTheUserSays(FxRobot robot) throws Exception {
        Understanding unsaid = Understanding.of(opened("fill-mask").source(), Settings.NONE);
        assertThat(unsaid.possible())
                .extracting(each -> each.task().name())
                .containsExactly("text-generation", "fill-mask");
        assertThat(unsaid.examples()).hasValueSatisfying(set -> {
            assertThat(set.how().get(PlanOptions.TASK))
                    .as("told to the run too")
                    .contains("text-generation");
            assertThat(set.train() + set.val()).isEqualTo(2);
            assertThat(set.isCorrectable()).isFalse();
            assertThat(set.examples("Texts")).extracting(each -> each.words()).anySatisfy(words -> assertThat(words)
                    .startsWith("Once upon"));
        });
        Path mails = Files.writeString(
                folder.resolve("mails.csv"), "text,label\nhello there,a\ngood bye,b\nhello you,a\nbye then,b\n");
        assertThat(Understanding.of(mails, Settings.NONE).possible())
                .extracting(each -> each.task().name())
                .startsWith("text-classification")
                .contains("fill-mask");
    }
}
