package graft.app.data;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.FxTest;
import graft.app.InProcessWorker;
import graft.app.RedAndBlue;
import graft.app.Screenshots;
import graft.app.Screenshots.Size;
import graft.app.controls.Choosers;
import graft.app.jobs.DirectJobRunner;
import graft.app.look.Theme;
import graft.app.task.PictureLoaders;
import graft.image.Preprocessing;
import graft.meaning.Reading;
import java.awt.Color;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.ResourceBundle;
import java.util.concurrent.TimeUnit;
import javafx.beans.property.SimpleObjectProperty;
import javafx.fxml.FXMLLoader;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.image.Image;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

@FxTest
class SuspectsScreenTest {
    private static final int OF_EACH = 15;

    @TempDir
    Path folder;

    private Stage stage;

    @Start
    void start(Stage stage) throws Exception {
        this.stage = stage;
        Theme.LIGHT.wear();
        Random random = new Random(1);
        for (String className : List.of("blue", "red")) {
            Path of = Files.createDirectories(folder.resolve("pictures").resolve(className));
            for (int i = 0; i < OF_EACH; i++) {
                boolean red = className.equals("red") != (className.equals("blue") && i < 3);
                int strong = 150 + random.nextInt(100);
                int weak = random.nextInt(60);
                RedAndBlue.picture(
                        of.resolve(i + ".png"),
                        red
                                ? new Color(strong, random.nextInt(60), weak)
                                : new Color(weak, random.nextInt(60), strong));
            }
        }
        DataViewModel data = new DataViewModel(new DirectJobRunner(), folder.resolve("project/data"));
        SuspectsViewModel suspects = new SuspectsViewModel(
                new DirectJobRunner(),
                new InProcessWorker(),
                data,
                new SimpleObjectProperty<>(RedAndBlue.network(folder.resolve("net.onnx"), 1)),
                new SimpleObjectProperty<>(Preprocessing.ofSize(RedAndBlue.SIZE)),
                () -> Reading.USUAL);
        SimilarViewModel similar = new SimilarViewModel(
                new DirectJobRunner(),
                new InProcessWorker(),
                data,
                new SimpleObjectProperty<>(RedAndBlue.network(folder.resolve("net.onnx"), 1)),
                new SimpleObjectProperty<>(Preprocessing.ofSize(RedAndBlue.SIZE)),
                () -> Reading.USUAL);
        data.open(folder.resolve("pictures"));
        PictureLoaders loaders = new PictureLoaders(
                file -> new SimpleObjectProperty<>(new Image(file.toUri().toString())),
                file -> new SimpleObjectProperty<>(new Image(file.toUri().toString())));
        FXMLLoader loader = new FXMLLoader(
                DataController.class.getResource("/fxml/data.fxml"), ResourceBundle.getBundle("graft.app.data"));
        loader.setControllerFactory(
                type -> new DataController(data, suspects, similar, new Choosers(), loaders, view -> {}, files -> {}));
        stage.setScene(new Scene(new StackPane((javafx.scene.Parent) loader.load()), 1000, 650));
        stage.show();
    }

    @Test
    void theExamplesMostLikeOneAreShownInADialog(FxRobot robot) throws Exception {
        Node first = robot.lookup("#data-examples .picture-cell")
                .queryAll()
                .iterator()
                .next();
        robot.interact(first::requestFocus);
        robot.clickOn(first).push(KeyCode.CONTROL, KeyCode.L);
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> robot.lookup("#similar-says")
                .tryQuery()
                .isPresent());
        Label says = robot.lookup("#similar-says").queryAs(Label.class);
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> says.getText().startsWith("The 24 most alike of 30"));
        Stage dialog = (Stage) says.getScene().getWindow();
        for (Theme theme : Theme.values()) {
            robot.interact(() -> theme.wear());
            Screenshots.dialog(dialog.getScene(), "data-similar", theme);
        }
        robot.interact(() -> Theme.LIGHT.wear());
        robot.push(KeyCode.ESCAPE);
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> !dialog.isShowing());
    }

    @Test
    void doubtedLabelsAreLookedAtAndPutRight(FxRobot robot) {
        robot.interact(robot.lookup("#findSuspects").queryButton()::fire);
        TableView<?> table = robot.lookup("#suspects-table").queryTableView();
        assertThat(table.getItems()).hasSize(3);
        assertThat(table.getColumns().get(0).getCellData(0).toString())
                .as("0.png is a name in both folders")
                .matches("blue/[012].png");
        assertThat(robot.lookup("#suspects-take").queryButton().getText())
                .as("the first is chosen, so that its example is seen")
                .isEqualTo("Move to red");
        assertThat(robot.lookup("#shownCard").query().isVisible()).isFalse();
        for (Theme theme : Theme.values()) {
            Screenshots.take(stage, "data-suspects", theme, new Size(808, 560, 1, 1));
            Screenshots.take(stage, "data-suspects", theme, new Size(1712, 990, 1, 1));
        }
        Screenshots.take(stage, "data-suspects", Theme.LIGHT, new Size(1072, 716, 1, 1.5));
        robot.interact(table.getSelectionModel()::selectAll);
        robot.interact(robot.lookup("#suspects-take").queryButton()::fire);
        assertThat(table.getItems()).isEmpty();
        robot.interact(robot.lookup("#suspects-close").queryButton()::fire);
        assertThat(robot.lookup("#shownCard").query().isVisible()).isTrue();
    }
}
