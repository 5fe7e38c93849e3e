package graft.app.data;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.FxTest;
import graft.app.InProcessWorker;
import graft.app.RedAndBlue;
import graft.app.controls.Choosers;
import graft.app.jobs.DirectJobRunner;
import graft.app.look.Theme;
import graft.app.task.PictureLoaders;
import graft.app.task.Shown;
import graft.meaning.Reading;
import java.awt.Color;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import javafx.beans.property.SimpleObjectProperty;
import javafx.fxml.FXMLLoader;
import javafx.scene.Scene;
import javafx.scene.image.WritableImage;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

@FxTest
class PasteTest {
    @TempDir
    Path folder;

    private DataViewModel data;
    private final List<Path> dropped = new ArrayList<>();

    @Start
    void start(Stage stage) throws Exception {
        Theme.LIGHT.wear();
        data = new DataViewModel(new DirectJobRunner(), folder.resolve("project"));
        data.open(RedAndBlue.splitPictures(folder.resolve("data"), 4));
        PictureLoaders none =
                new PictureLoaders(file -> new SimpleObjectProperty<>(), file -> new SimpleObjectProperty<>());
        FXMLLoader loader = new FXMLLoader(
                DataController.class.getResource("/fxml/data.fxml"), ResourceBundle.getBundle("graft.app.data"));
        SuspectsViewModel suspects = new SuspectsViewModel(
                new DirectJobRunner(),
                new InProcessWorker(),
                data,
                new SimpleObjectProperty<>(),
                new SimpleObjectProperty<>(),
                () -> Reading.USUAL);
        SimilarViewModel similar = new SimilarViewModel(
                new DirectJobRunner(),
                new InProcessWorker(),
                data,
                new SimpleObjectProperty<>(),
                new SimpleObjectProperty<>(),
                () -> Reading.USUAL);
        loader.setControllerFactory(
                type -> new DataController(data, suspects, similar, new Choosers(), none, view -> {}, dropped::addAll));
        stage.setScene(new Scene(loader.load(), 1000, 650));
        stage.show();
    }

    private void paste(FxRobot robot, ClipboardContent content) {
        robot.interact(() -> {
            Clipboard.getSystemClipboard().setContent(content);
            robot.lookup("#classes").query().requestFocus();
        });
        robot.press(KeyCode.CONTROL).type(KeyCode.V).release(KeyCode.CONTROL);
        WaitForAsyncUtils.waitForFxEvents();
    }

    private List<Shown> blue() {
        return data.examplesProperty().get().examples("blue");
    }

    @Test
    void aPictureOnTheClipboardBecomesAnExampleOfTheClassThatIsShown(FxRobot robot) {
        int before = blue().size();
        WritableImage picture = new WritableImage(12, 9);
        picture.getPixelWriter().setColor(3, 4, javafx.scene.paint.Color.CRIMSON);
        ClipboardContent content = new ClipboardContent();
        content.putImage(picture);
        paste(robot, content);
        assertThat(data.problemProperty().get()).isEmpty();
        assertThat(blue()).hasSize(before + 1);
        assertThat(folder.resolve("project/pasted/pasted-1.png")).exists();
        robot.interact(data::undo);
        assertThat(blue()).hasSize(before);
    }

    @Test
    void filesOnTheClipboardAreTakenWhereTheyLieAndFoldersAreLookedAt(FxRobot robot) throws Exception {
        int before = blue().size();
        Path file = RedAndBlue.picture(folder.resolve("more.png"), new Color(0, 9, 250));
        ClipboardContent one = new ClipboardContent();
        one.putFiles(List.of(file.toFile()));
        paste(robot, one);
        assertThat(blue()).hasSize(before + 1).extracting(Shown::file).contains(file);
        ClipboardContent whole = new ClipboardContent();
        whole.putFiles(List.of(Files.createDirectories(folder.resolve("other")).toFile()));
        paste(robot, whole);
        assertThat(dropped).containsExactly(folder.resolve("other"));
    }
}
