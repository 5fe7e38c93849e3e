package graft.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.FxTest;
import graft.app.Screenshots;
import graft.app.Screenshots.Size;
import graft.app.controls.Choosers;
import graft.app.jobs.DirectJobRunner;
import graft.app.jobs.Worker;
import graft.app.look.Theme;
import graft.deploy.ClientCode;
import graft.deploy.ClientFolder;
import graft.deploy.Deployment;
import graft.deploy.Deployment.Standing;
import graft.deploy.Deployment.Variant;
import graft.deploy.WorstClass;
import graft.judge.Score;
import graft.progress.Progress;
import graft.worker.Saving;
import graft.worker.Work;
import graft.worker.Works;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.fxml.FXMLLoader;
import javafx.geometry.Orientation;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.Slider;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** The Deploy screen with figures of a real comparison: MobileNetV2 0.35 on ants and bees. */
@FxTest
class DeployScreenTest {
    private static final List<Variant> FORMS = List.of(
            form("fp32", 1_690_000, 0.948, 1.0, 1.6),
            form("fp16", 800_000, 0.948, 1.0, 5.9),
            form("int8-dynamic", 460_000, 0.935, 0.987, 1.4),
            form("int8-static", 440_000, 0.621, 0.614, 1.1),
            form("int8-static-per-channel", 510_000, 0.948, 0.993, 1.0));

    private final SimpleObjectProperty<Path> network = new SimpleObjectProperty<>(Path.of("/runs/1/network.onnx"));
    private final Choosers choosers = new Choosers() {
        @Override
        public Optional<Path> folder(Window owner, String title) {
            return Optional.of(Path.of("/carried"));
        }
    };

    private DeployViewModel model;
    private Stage stage;

    private static Variant form(String name, long bytes, double accuracy, double agreement, double ms) {
        double[] interval = {accuracy - 0.04, Math.min(1, accuracy + 0.03)};
        return new Variant(
                name,
                "/runs/1/shipped/network." + name + ".onnx",
                bytes,
                Score.share("accuracy", accuracy, interval),
                agreement,
                0.01,
                null,
                new WorstClass("ants", accuracy - 0.02, 70),
                ms,
                1.3 * ms,
                8 * bytes,
                null,
                "");
    }

    /** Gives what was measured. */
    private static final class Measured implements Worker {
        @Override
        public <P extends Work.Plan, R> R ask(Work<P, R> work, P plan, Progress progress) {
            if (work == (Object) Works.SAVE_FOLDER) {
                Saving.Folder asked = (Saving.Folder) plan;
                return work.result()
                        .cast(new ClientFolder(
                                asked.out(), List.of("network.onnx", "client.py"), "python client.py picture.jpg"));
            }
            Object answer = work == (Object) Works.COMPARE
                    ? new Deployment(FORMS, "", 1, 153).withMaxLoss(1)
                    : new ClientCode(programs());
            return work.result().cast(answer);
        }

        private static Map<String, String> programs() {
            Map<String, String> out = new LinkedHashMap<>();
            out.put(
                    "Python",
                    "import numpy as np\nimport onnxruntime\n\nsession = onnxruntime.InferenceSession(FILE)\n");
            out.put("Java", "OrtEnvironment environment = OrtEnvironment.getEnvironment();\n");
            return out;
        }
    }

    @Start
    void start(Stage stage) throws Exception {
        this.stage = stage;
        Theme.LIGHT.wear();
        model = new DeployViewModel(
                new DirectJobRunner(),
                new Measured(),
                network,
                new SimpleBooleanProperty(true),
                new SimpleObjectProperty<>(Path.of("/data/hymenoptera")));
        FXMLLoader loader = new FXMLLoader(
                DeployScreenTest.class.getResource("/fxml/deploy.fxml"), ResourceBundle.getBundle("graft.app.deploy"));
        loader.setControllerFactory(type -> new DeployController(model, choosers, new SimpleObjectProperty<>(1.7e-6)));
        Scene scene = new Scene(new StackPane(loader.<javafx.scene.Parent>load()), 1920, 1080);
        scene.getStylesheets()
                .add(DeployScreenTest.class
                        .getResource("/graft/app/workbench.css")
                        .toExternalForm());
        stage.setScene(scene);
        stage.show();
    }

    private void look(String name) {
        for (Theme theme : Theme.values()) {
            for (int[] size : new int[][] {{808, 560}, {1072, 716}, {1712, 990}}) {
                Screenshots.take(stage, name, theme, new Size(size[0], size[1], 1, 1));
                Screenshots.take(stage, name, theme, new Size(size[0], size[1], 1, 1.5));
            }
        }
    }

    @SuppressWarnings("unchecked") // the table of forms
    private static TableView<Variant> table(FxRobot robot) {
        return robot.lookup("#variants").queryAs(TableView.class);
    }

    @Test
    void beforeTheComparisonItIsThePrimaryButton(FxRobot robot) {
        look("deploy-empty");
        assertThat(robot.lookup("#compare").queryAs(Button.class).getStyleClass())
                .contains("primary");
        assertThat(robot.lookup("#save").queryAs(Button.class).isDisabled()).isTrue();
        assertThat(robot.lookup("#nothing").query().isVisible()).isTrue();
        assertThat(robot.lookup("#results").query().isVisible()).isFalse();
    }

    @Test
    void theVerdictIsShownSortedAndFollowsTheSlider(FxRobot robot) {
        robot.interact(model::compare);
        look("deploy");
        assertThat(robot.lookup("#status").queryAs(Labeled.class).getText()).startsWith("153 validation examples");
        assertThat(robot.lookup("#save").queryAs(Button.class).getStyleClass()).contains("primary");
        TableView<Variant> table = table(robot);
        assertThat(table.getSelectionModel().getSelectedItem().name()).isEqualTo("int8-static-per-channel");
        robot.interact(() -> {
            TableColumn<Variant, ?> size = table.getColumns().stream()
                    .filter(column -> column.getId().equals("size"))
                    .findFirst()
                    .orElseThrow();
            size.setSortType(TableColumn.SortType.ASCENDING);
            table.getSortOrder().setAll(List.of(size));
        });
        assertThat(table.getItems()).extracting(Variant::bytes).isSorted();
        robot.interact(() -> robot.lookup("#maxLoss").queryAs(Slider.class).setValue(2));
        assertThat(table.getItems())
                .filteredOn(form -> form.standing() == Standing.RECOMMENDED)
                .extracting(Variant::name)
                .containsExactly("int8-dynamic");
        assertThat(robot.lookup("#code").queryAs(TextArea.class).getText()).contains("onnxruntime");
    }

    @Test
    void noFigureIsLostWhereThereIsNoRoomTheTableIsMovedSideways(FxRobot robot) {
        robot.interact(model::compare);
        TableView<Variant> table = table(robot);
        for (double texts : new double[] {1, 1.5, 2}) {
            Screenshots.take(stage, "deploy", Theme.LIGHT, new Size(808, 560, 1, texts));
            robot.interact(() -> assertThat(table.getColumns()).allSatisfy(column -> {
                assertThat(column.isVisible()).isTrue();
                assertThat(column.getWidth()).isGreaterThanOrEqualTo(column.getMinWidth());
            }));
            double columns = table.getColumns().stream()
                    .mapToDouble(TableColumn::getWidth)
                    .sum();
            ScrollBar across = table.lookupAll(".scroll-bar").stream()
                    .map(ScrollBar.class::cast)
                    .filter(bar -> bar.getOrientation() == Orientation.HORIZONTAL)
                    .findFirst()
                    .orElseThrow();
            assertThat(across.isVisible()).isEqualTo(columns > table.getWidth());
            assertThat(across.isVisible()).as("with texts of " + texts).isEqualTo(texts > 1);
        }
    }

    @Test
    void aFolderIsSavedAndItIsSaidHowToTryIt(FxRobot robot) {
        robot.interact(model::compare);
        robot.clickOn("#saveFolder");
        assertThat(robot.lookup("#savedLine").queryAs(Labeled.class).getText())
                .contains("/carried", "client.py", "python client.py picture.jpg");
    }

    @Test
    void aProgramIsShownInTheLanguageThatIsChosen(FxRobot robot) {
        robot.interact(model::compare);
        robot.clickOn("Java");
        assertThat(robot.lookup("#code").queryAs(TextArea.class).getText()).contains("OrtEnvironment");
        robot.clickOn("Java");
        assertThat(robot.lookup("#code").queryAs(TextArea.class).getText()).contains("OrtEnvironment");
    }
}
