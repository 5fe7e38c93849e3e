package graft.app.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.FxTest;
import graft.app.InProcessWorker;
import graft.app.RedAndBlue;
import graft.app.Screenshots;
import graft.app.Screenshots.Size;
import graft.app.controls.Choosers;
import graft.app.jobs.DirectJobRunner;
import graft.app.look.Theme;
import graft.app.task.Edition;
import graft.meaning.Reading;
import graft.onnx.MadeByGraft;
import graft.onnx.OnnxFile;
import java.awt.Color;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ResourceBundle;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

@FxTest
class CalibrationPaneTest {
    @TempDir
    Path folder;

    private Stage stage;

    @Start
    void start(Stage stage) throws Exception {
        this.stage = stage;
        Theme.LIGHT.wear();
        CalibrationViewModel model = new CalibrationViewModel(
                new DirectJobRunner(),
                new InProcessWorker(),
                new SimpleObjectProperty<>(RedAndBlue.network(folder.resolve("net.onnx"), 1)),
                new SimpleObjectProperty<>(Reading.USUAL),
                new SimpleObjectProperty<>(pictures()),
                new SimpleObjectProperty<>(Edition.FIRST),
                new SimpleStringProperty(""));
        Choosers beside = new Choosers() {
            @Override
            public Optional<Path> save(Window owner, String title, String name) {
                return Optional.of(folder.resolve(name));
            }
        };
        CalibrationPane pane = new CalibrationPane(model, beside, ResourceBundle.getBundle("graft.app.evaluate"));
        StackPane root = new StackPane(pane);
        root.getStyleClass().add("screen");
        root.getStylesheets().add("/graft/app/workbench.css");
        stage.setScene(new Scene(root, 1000, 560));
        stage.show();
    }

    /** As in the test of the view model: 51 of 60 are what the network says. */
    private Path pictures() throws java.io.IOException {
        Path out = RedAndBlue.splitPictures(folder.resolve("pictures"), 30);
        for (int i = 1; i <= 4; i++) {
            RedAndBlue.picture(out.resolve("val/blue/" + i + ".png"), Color.RED);
            RedAndBlue.picture(out.resolve("val/red/" + i + ".png"), Color.BLUE);
        }
        return out;
    }

    private static String text(FxRobot robot, String id) {
        return robot.lookup(id).queryLabeled().getText();
    }

    @Test
    void whatWasMeasuredIsSaidAndSaved(FxRobot robot) {
        assertThat(robot.lookup("#calibration-save").queryButton().isDisabled()).isTrue();
        robot.interact(robot.lookup("#calibration-measure").queryButton()::fire);
        assertThat(text(robot, "#calibration-found")).contains("60 examples");
        robot.interact(robot.lookup("#calibration-save").queryButton()::fire);
        assertThat(text(robot, "#calibration-saved")).contains("net-calibrated.onnx");
        assertThat(folder.resolve("net-calibrated.onnx")).exists();
        robot.interact(robot.lookup("#sets-measure").queryButton()::fire);
        assertThat(text(robot, "#sets-held")).contains("90.0 %");
        robot.interact(robot.lookup("#note-write").queryButton()::fire);
        assertThat(text(robot, "#note-written")).contains("net-noted.onnx").contains("60 examples to judge by");
        assertThat(OnnxFile.read(folder.resolve("net-noted.onnx")).metadata())
                .as("as `graft ood` writes it")
                .containsKey(MadeByGraft.EXAMPLES);
        for (Theme theme : Theme.values()) {
            Screenshots.take(stage, "calibration", theme, new Size(776, 500, 1, 1));
            Screenshots.take(stage, "calibration", theme, new Size(1640, 900, 1, 1));
        }
        Screenshots.take(stage, "calibration", Theme.LIGHT, new Size(776, 500, 1, 1.5));
    }
}
