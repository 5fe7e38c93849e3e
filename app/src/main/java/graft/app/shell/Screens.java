package graft.app.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ResourceBundle;
import javafx.fxml.FXMLLoader;
import javafx.scene.Parent;

/** Loads the layout of a screen: {@code fxml/NAME.fxml} with the texts of {@code graft/app/NAME.properties}. */
final class Screens {
    private Screens() {}

    /** @param controller made by whoever knows what it needs; the layout names its class */
    static Parent load(String name, Object controller) {
        FXMLLoader loader = new FXMLLoader(
                Screens.class.getResource("/fxml/" + name + ".fxml"), ResourceBundle.getBundle("graft.app." + name));
        loader.setControllerFactory(type -> controller);
        try {
            return loader.load();
        } catch (IOException e) {
            throw new UncheckedIOException("the layout " + name + ".fxml is part of the program", e);
        }
    }
}
