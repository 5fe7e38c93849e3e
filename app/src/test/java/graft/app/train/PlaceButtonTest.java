package graft.app.train;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.FxTest;
import graft.app.controls.Choosers;
import graft.run.TransferOptions;
import java.nio.file.Path;
import java.util.Optional;
import javafx.scene.Scene;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

@FxTest
class PlaceButtonTest {
    private static final Path FOLDER = Path.of("scans").toAbsolutePath();
    private static final Path FILE = Path.of("large.onnx").toAbsolutePath();

    private RunSettings settings;

    @Start
    void start(Stage stage) {
        settings = new RunSettings();
        Choosers choosers = new Choosers() {
            @Override
            public Optional<Path> folder(Window owner, String title) {
                return Optional.of(FOLDER);
            }

            @Override
            public Optional<Path> file(Window owner, String title, String... endings) {
                return Optional.of(FILE);
            }
        };
        stage.setScene(new Scene(new VBox(
                PlaceButton.folder(settings, TransferOptions.TARGET, choosers),
                PlaceButton.network(settings, TransferOptions.TEACHER, choosers))));
        stage.show();
    }

    @Test
    void whatIsChosenIsSet(FxRobot robot) {
        robot.interact(() -> {
            robot.lookup("#choose-target").queryButton().fire();
            robot.lookup("#choose-teacher").queryButton().fire();
        });
        assertThat(settings.values().get(TransferOptions.TARGET)).contains(FOLDER.toString());
        assertThat(settings.values().get(TransferOptions.TEACHER)).contains(FILE.toString());
    }
}
