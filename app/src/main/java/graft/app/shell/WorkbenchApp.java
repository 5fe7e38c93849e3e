package graft.app.shell;

import atlantafx.base.theme.PrimerLight;
import java.io.IOException;
import java.util.ResourceBundle;
import javafx.application.Application;
import javafx.fxml.FXMLLoader;
import javafx.scene.Scene;
import javafx.stage.Stage;

/** The window. */
public final class WorkbenchApp extends Application {
    private static final double WIDTH = 1280;
    private static final double HEIGHT = 800;

    @Override
    public void start(Stage stage) throws IOException {
        setUserAgentStylesheet(new PrimerLight().getUserAgentStylesheet());
        ResourceBundle texts = ResourceBundle.getBundle("graft.app.texts");
        FXMLLoader loader = new FXMLLoader(WorkbenchApp.class.getResource("/fxml/workbench.fxml"), texts);
        stage.setScene(new Scene(loader.load(), WIDTH, HEIGHT));
        stage.setTitle(texts.getString("workbench.title"));
        stage.show();
    }
}
