package graft.app.train;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.FxTest;
import graft.app.InProcessWorker;
import graft.app.RedAndBlue;
import graft.app.Screenshots;
import graft.app.Screenshots.Size;
import graft.app.data.DataViewModel;
import graft.app.jobs.DirectJobRunner;
import graft.app.look.Theme;
import graft.app.network.NetworkViewModel;
import graft.app.network.SmallNetworks;
import graft.image.Augmentation;
import graft.run.PlanOptions;
import graft.run.TransferOptions;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.concurrent.TimeUnit;
import javafx.beans.property.Property;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.fxml.FXMLLoader;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.Slider;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** The Fine-tune screen while a run goes on that the test plays. */
@FxTest
class TrainScreenTest {
    private static final int EPOCHS = 8;
    private static final int STEPS = 16;

    @TempDir
    Path folder;

    private final FakeProcess process = new FakeProcess();
    private TrainViewModel model;
    private Stage stage;

    @Start
    void start(Stage stage) throws Exception {
        this.stage = stage;
        Theme.LIGHT.wear();
        DataViewModel data = new DataViewModel(new DirectJobRunner(), java.nio.file.Path.of("unpacked"));
        NetworkViewModel networks =
                new NetworkViewModel(new DirectJobRunner(), new InProcessWorker(), data.classesProperty());
        model = new TrainViewModel(networks, data.examplesProperty(), folder, process, System::nanoTime);
        data.open(RedAndBlue.splitPictures(folder.resolve("hymenoptera"), 4));
        networks.open(SmallNetworks.write(folder.resolve("mobilenetv2-0.35.onnx"), 10));
        model.settings().property(PlanOptions.EPOCHS).setValue(EPOCHS);
        FXMLLoader loader = new FXMLLoader(
                TrainScreenTest.class.getResource("/fxml/train.fxml"), ResourceBundle.getBundle("graft.app.train"));
        loader.setController(null);
        loader.setControllerFactory(type -> new TrainController(
                model,
                new RateSearch(new DirectJobRunner(), new InProcessWorker(), model),
                new DomainsLook(new DirectJobRunner(), new InProcessWorker(), model.run()),
                networks,
                new SimpleBooleanProperty(),
                () -> {},
                model.preview(new DirectJobRunner())));
        Parent root = loader.load();
        stage.setScene(new Scene(new StackPane(root), 1920, 1080));
        stage.show();
    }

    private void play(int epochs) {
        List<String> lines = new ArrayList<>();
        lines.add("{\"event\":\"started\",\"classes\":[\"ants\",\"bees\"],\"epochs\":" + EPOCHS
                + ",\"examples\":244,\"steps_per_epoch\":" + STEPS + "}");
        for (int epoch = 1; epoch <= epochs; epoch++) {
            for (int step = 1; step <= STEPS; step++) {
                double x = epoch - 1 + (double) step / STEPS;
                lines.add(String.format(
                        Locale.ROOT,
                        "{\"event\":\"step\",\"epoch\":%d,\"step\":%d,\"steps\":%d,\"loss\":%.4f}",
                        epoch,
                        step,
                        STEPS,
                        0.1 + 0.8 * Math.exp(-x) + 0.06 * Math.sin(37 * x)));
            }
            double score = 0.95 - 0.45 * Math.exp(-0.7 * epoch);
            lines.add(String.format(
                    Locale.ROOT,
                    "{\"event\":\"epoch\",\"epoch\":%d,\"metric\":\"accuracy\",\"train_loss\":%.4f,\"train_score\":%.4f,"
                            + "\"val_loss\":%.4f,\"val_score\":%.4f,\"val_accuracy\":%.4f,\"train_accuracy\":%.4f}",
                    epoch,
                    0.1 + 0.8 * Math.exp(-epoch),
                    score + 0.03,
                    0.2 + 0.6 * Math.exp(-epoch),
                    score,
                    score,
                    score + 0.03));
            int right = (int) Math.round(80 * score);
            lines.add("{\"event\":\"confusion\",\"epoch\":" + epoch
                    + ",\"classes\":[\"ants\",\"bees\"],\"confusion\":[[" + (right - 14) + "," + (84 - right) + "],["
                    + (83 - right) + "," + right + "]]}");
        }
        process.says(lines.toArray(String[]::new));
    }

    private static String result() {
        String one = "{\"epoch\":1,\"val_accuracy\":0.8}";
        return "{\"status\":\"finished\",\"epochs\":[" + String.join(",", java.util.Collections.nCopies(EPOCHS, one))
                + "],\"val_accuracy\":0.948,\"best_epoch\":6,\"network\":\"run/network.onnx\","
                + "\"classes\":[\"ants\",\"bees\"],\"confusion\":[[64,6],[3,80]],\"frozen_tensors\":156,"
                + "\"frozen_unchanged\":true}";
    }

    private void look(String name) {
        for (Theme theme : Theme.values()) {
            for (int[] size : new int[][] {{808, 560}, {1072, 716}, {1712, 990}}) {
                Screenshots.take(stage, name, theme, new Size(size[0], size[1], 1, 1));
            }
        }
        Screenshots.take(stage, name, Theme.LIGHT, new Size(1046, 670, 1, 1.5));
        WaitForAsyncUtils.waitForAsyncFx(5_000, () -> {
            Theme.LIGHT.wear();
            stage.getScene().getRoot().resize(1072, 716);
        });
    }

    private static String text(FxRobot robot, String id) {
        return robot.lookup(id).queryAs(Labeled.class).getText();
    }

    @Test
    void textsOfANetworkThatWritesStandInThePlaceOfAMatrix(FxRobot robot) {
        robot.interact(() -> {
            model.start();
            process.says(sample(0, "the the of a a , , the of", "  and and the . of of it it"));
            process.says(
                    "{\"event\":\"epoch\",\"epoch\":1,\"metric\":\"next-token accuracy\",\"train_loss\":1.2,"
                            + "\"train_score\":0.31,\"val_loss\":1.4,\"val_score\":0.28}",
                    sample(
                            1,
                            "the little fox who lived by the river. Every day she went down to the water to look for",
                            "her friend, the old frog. \\n\\nOne morning he was not there."));
        });
        assertThat(text(robot, "#sample-before")).isEqualTo("… the the of a a , , the of   and and the . of of it it");
        assertThat(text(robot, "#sample-after")).startsWith("… the little fox");
        assertThat(robot.lookup("#samples").query().isVisible()).isTrue();
        assertThat(robot.lookup("#confusion-view").query().getParent().isVisible())
                .isFalse();
        look("train-samples");
    }

    private static String sample(int epoch, String one, String two) {
        return "{\"event\":\"sample\",\"epoch\":" + epoch + ",\"prompt\":\"Once upon a time there was\",\"text\":\""
                + one + " " + two + "\"}";
    }

    @Test
    void aRunIsFollowedToItsEnd(FxRobot robot) {
        assertThat(robot.lookup("#recipe-PROBE").queryAs(ToggleButton.class).isSelected())
                .isTrue();
        robot.interact(() -> {
            model.start();
            play(5);
        });
        assertThat(text(robot, "#title")).isEqualTo("probe, then fine-tune");
        assertThat(text(robot, "#source")).isEqualTo("hymenoptera · mobilenetv2-0.35");
        assertThat(text(robot, "#status")).startsWith("epoch 5 of 8");
        assertThat(robot.lookup("#stop").query().isVisible()).isTrue();
        assertThat(robot.lookup("#train").query().isVisible()).isFalse();
        assertThat(text(robot, "#confusion-title")).isEqualTo("Confusion, epoch 5");
        look("train-running");
        robot.interact(() -> {
            play(EPOCHS);
            process.ends(0, result());
        });
        assertThat(robot.lookup("#progress").query().isVisible())
                .as("no full bar after a run")
                .isFalse();
        assertThat(text(robot, "#confusion-title"))
                .as("the epoch that the header speaks of")
                .isEqualTo("Confusion, epoch 6");
        assertThat(text(robot, "#status")).contains("epoch 6 was best, 94.8 %");
        assertThat(text(robot, "#proof")).isEqualTo("156 frozen tensors unchanged, byte for byte");
        robot.interact(
                () -> robot.lookup("#epoch-scrubber").queryAs(Slider.class).setValue(2));
        assertThat(text(robot, "#confusion-title")).isEqualTo("Confusion, epoch 2");
        look("train-finished");
    }

    @Test
    void whatIsFoundAtOnceHasNoCurvesAndSaysSo(FxRobot robot) {
        robot.interact(() ->
                robot.lookup("#recipe-PROTOTYPES").queryAs(ToggleButton.class).fire());
        assertThat(robot.lookup("#findRate").query().isDisabled()).isTrue();
        assertThat(robot.lookup(".thawed").queryLabeled().getText()).isEqualTo("at once, without a step");
        robot.interact(() -> {
            model.start();
            process.says(
                    "{\"event\":\"epoch\",\"epoch\":1,\"metric\":\"accuracy\",\"train_loss\":1.4,\"train_score\":0.93,"
                            + "\"val_loss\":2.3,\"val_score\":0.902,\"val_accuracy\":0.902,\"train_accuracy\":0.93}");
            process.ends(0, result().replace("\"best_epoch\":6", "\"best_epoch\":1"));
        });
        assertThat(process.command()).contains("--recipe=prototypes");
        assertThat(text(robot, "#status")).doesNotContain("epoch");
        assertThat(text(robot, "#confusion-title")).isEqualTo("Confusion");
        look("train-at-once");
        robot.interact(() ->
                robot.lookup("#recipe-EPISODES").queryAs(ToggleButton.class).fire());
        robot.interact(
                () -> robot.lookup("#advanced").queryAs(ToggleButton.class).fire());
        assertThat(robot.lookup("#way").query().getParent().isVisible()).isTrue();
        look("train-episodes");
        robot.interact(
                () -> robot.lookup("#recipe-AUTO").queryAs(ToggleButton.class).fire());
        robot.interact(
                () -> robot.lookup("#advanced").queryAs(ToggleButton.class).fire());
        look("train-auto");
        robot.interact(() -> stage.getScene().getRoot().resize(1072, 400)); // the panel below is open
        WaitForAsyncUtils.waitForFxEvents(3);
        assertThat(robot.lookup("#side").query().isVisible())
                .as("cards stay cards")
                .isTrue();
    }

    @Test
    void aSecondRunWaitsForTheFirst(FxRobot robot) {
        robot.interact(() -> {
            model.start();
            play(2);
        });
        robot.interact(() -> robot.lookup("#wait").queryAs(Button.class).fire());
        assertThat(process.commands).hasSize(1);
        assertThat(model.queue().runs()).hasSize(1);
        robot.interact(() -> {
            play(EPOCHS);
            process.ends(0, result());
        });
        assertThat(process.commands).as("it begins by itself").hasSize(2);
        assertThat(model.queue().runs()).isEmpty();
    }

    @Test
    void barsMoveByTheKeyboard(FxRobot robot) {
        Timeline before = model.timelineProperty().get();
        Timeline.Bar body = before.bars().get(1);
        Node bar = robot.lookup(".thawed").nth(1).query();
        robot.interact(bar::requestFocus);
        robot.type(KeyCode.RIGHT).type(KeyCode.UP);
        Timeline.Bar now = model.timelineProperty().get().bars().get(1);
        assertThat(now.start()).isEqualTo(body.start() + 1);
        assertThat(now.rate()).isGreaterThan(body.rate());
        assertThat(model.timelineProperty().get().epochs()).isEqualTo(EPOCHS);
        robot.push(KeyCode.CONTROL, KeyCode.Z).push(KeyCode.CONTROL, KeyCode.Z);
        assertThat(model.timelineProperty().get()).as("each key is taken back").isEqualTo(before);
        assertThat(model.isTimelineOwn()).isFalse();
        robot.type(KeyCode.RIGHT).type(KeyCode.UP);
        robot.interact(model::start);
        assertThat(process.command()).contains("--stages=");
    }

    @Test
    void everythingInAdvancedCanBeRead(FxRobot robot) throws Exception {
        robot.interact(
                () -> robot.lookup("#advanced").queryAs(ToggleButton.class).fire());
        robot.interact(() -> robot.lookup("#help-lr").queryAs(Button.class).fire());
        look("train-advanced");
        robot.interact(() ->
                model.settings().property(PlanOptions.AUGMENT).setValue(Augmentation.parse("flip,crop,color,rotate")));
        WaitForAsyncUtils.waitFor(
                10,
                TimeUnit.SECONDS,
                () -> robot.lookup("#augmentation-preview .image-view")
                                .queryAll()
                                .size()
                        == AugmentationPreview.VERSIONS);
        look("train-augmentation");
        robot.interact(() -> stage.getScene().getRoot().resize(808, 560));
        WaitForAsyncUtils.waitForFxEvents(3);
        for (Node each : robot.lookup(".setting-group .label").queryAll()) {
            if (each instanceof Labeled label
                    && label.isVisible()
                    && label.getParent().isVisible()) {
                assertThat(label.getWidth() + 1)
                        .as(label.getText())
                        .isGreaterThanOrEqualTo(label.isWrapText() ? 0 : label.prefWidth(-1));
            }
        }
    }

    /** Both networks are asked in this process: what they make of the examples is there once the button is pressed. */
    @Test
    void featuresOfBothDomainsAreShownOfARunThatHadATarget(FxRobot robot) throws IOException {
        Path target = Files.createDirectories(folder.resolve("elsewhere/red"));
        for (int i = 0; i < 12; i++) {
            RedAndBlue.picture(target.resolve(i + ".png"), new Color(255 - 8 * i, 15 * i, 5 * i * i % 90));
        }
        Path made = RedAndBlue.network(folder.resolve("made.onnx"), 2);
        Button opener = robot.lookup("#domains").queryButton();
        assertThat(opener.isVisible()).isFalse();
        robot.interact(() -> {
            model.settings()
                    .property(TransferOptions.TARGET)
                    .setValue(Optional.of(target.getParent().toString()));
            model.start();
            play(2);
            process.ends(0, result().replace("run/network.onnx", made.toString().replace('\\', '/')));
        });
        assertThat(opener.isVisible()).isTrue();
        robot.interact(opener::fire);
        assertThat(robot.lookup("#domains-card").query().isVisible()).isTrue();
        assertThat(text(robot, "#domains-after")).startsWith("Told apart by all ");
        assertThat(text(robot, "#domains-before")).isNotEqualTo("");
        // Each half of both domains, and a mark of each in the legend.
        assertThat(robot.lookup(".domain-source").queryAll()).hasSize(3);
        assertThat(robot.lookup(".domain-target").queryAll()).hasSize(3);
        // There are 12 of the target.
        assertThat(text(robot, "#domains-foot"))
                .startsWith("12 examples of each domain")
                .contains("4 of the source’s");
        for (Theme theme : List.of(Theme.LIGHT, Theme.DARK)) {
            Screenshots.take(stage, "domains", theme, new Size(1000, 650, 1, 1));
            Screenshots.take(stage, "domains", theme, new Size(1046, 670, 1, 1.5));
        }
        robot.interact(() -> robot.lookup("#domains-close").queryButton().fire());
        assertThat(robot.lookup("#domains-card").query().isVisible()).isFalse();
    }

    /** The test runs in this process, without a pause: its end is there once the button is pressed. */
    @Test
    void aRateIsFoundDrawnAndTaken(FxRobot robot) {
        Property<Double> rate = model.settings().property(PlanOptions.LEARNING_RATE);
        robot.interact(() -> robot.lookup("#findRate").queryAs(Button.class).fire());
        assertThat(robot.lookup("#rate-card").query().isVisible()).isTrue();
        assertThat(robot.lookup(".rate-curve").queryAll()).hasSize(1);
        Button use = robot.lookup("#rate-use").queryButton();
        assertThat(robot.lookup("#rate-says").queryLabeled().getText()).contains("third of the rate");
        for (Theme theme : List.of(Theme.LIGHT, Theme.DARK)) {
            Screenshots.take(stage, "find-rate", theme, new Size(1280, 800, 1, 1));
        }
        robot.interact(use::fire);
        assertThat(use.getText()).isEqualTo("Use " + TimelineView.rate(rate.getValue()));
        assertThat(model.settings().rateByTestProperty().get()).isFalse();
        assertThat(robot.lookup("#rate-card").query().isVisible()).isFalse();
        robot.interact(model::resetSettings);
        assertThat(rate.getValue()).isEqualTo(0.1);
        assertThat(model.settings().rateByTestProperty().get()).isTrue();
    }
}
