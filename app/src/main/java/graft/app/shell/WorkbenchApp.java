package graft.app.shell;

import graft.app.controls.Choosers;
import graft.app.jobs.FxJobRunner;
import graft.app.jobs.ProcessService;
import graft.app.jobs.Workers;
import graft.app.look.Theme;
import graft.app.task.TaskViews;
import graft.project.ProjectFolder;
import java.util.ResourceBundle;
import javafx.application.Application;
import javafx.geometry.Rectangle2D;
import javafx.scene.Scene;
import javafx.scene.control.Alert;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ButtonType;
import javafx.stage.Screen;
import javafx.stage.Stage;

/** The window. */
public final class WorkbenchApp extends Application {
    private static final double WIDTH = 1280;
    private static final double HEIGHT = 800;
    /** Below these the screens have no room for what they must show. */
    private static final double MIN_WIDTH = 960;

    private static final double MIN_HEIGHT = 620;

    @Override
    public void start(Stage stage) {
        Workers workers = new Workers();
        workers.warmUp();
        Workbench workbench =
                new Workbench(new FxJobRunner(), workers, new ProcessService(), new Choosers(), ProjectFolder.usual());
        show(stage, workbench, () -> {
            Ahead.start();
            workbench.openSample(TaskViews.usual());
        });
    }

    static WorkbenchController show(Stage stage, Workbench workbench, Runnable whenComplete) {
        Theme.LIGHT.wear();
        ResourceBundle texts = ResourceBundle.getBundle("graft.app.workbench");
        WorkbenchController controller = new WorkbenchController(workbench);
        stage.setScene(new Scene(Screens.load("workbench", controller), WIDTH, HEIGHT));
        stage.setOnShown(event -> {
            enlarge(stage);
            controller.buildRest(whenComplete);
        });
        stage.setMinWidth(MIN_WIDTH);
        stage.setMinHeight(MIN_HEIGHT);
        stage.setTitle(texts.getString("title"));
        stage.setOnCloseRequest(event -> workbench
                .beforeClosing()
                .filter(words -> !confirmed(stage, texts, words))
                .ifPresent(words -> event.consume()));
        stage.setOnHidden(event -> workbench.train().run().leave());
        stage.show();
        return controller;
    }

    /** With some window managers (Openbox is one) JavaFX shows a window as small as it may be; asked again, it obeys. */
    private static void enlarge(Stage stage) {
        Rectangle2D screen = Screen.getPrimary().getVisualBounds();
        double width = Math.min(WIDTH, screen.getWidth());
        double height = Math.min(HEIGHT, screen.getHeight());
        // The size that JavaFX believes the window has would change nothing.
        stage.setWidth(width - 1);
        stage.setHeight(height - 1);
        stage.setWidth(width);
        stage.setHeight(height);
    }

    private static boolean confirmed(Stage stage, ResourceBundle texts, String words) {
        ButtonType close = new ButtonType(texts.getString("close.yes"), ButtonBar.ButtonData.OK_DONE);
        ButtonType stay = new ButtonType(texts.getString("close.no"), ButtonBar.ButtonData.CANCEL_CLOSE);
        Alert alert = new Alert(Alert.AlertType.CONFIRMATION, words, close, stay);
        alert.initOwner(stage);
        alert.setTitle(texts.getString("close.title"));
        alert.setHeaderText(null);
        return alert.showAndWait().filter(close::equals).isPresent();
    }
}
