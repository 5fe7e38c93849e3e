package graft.app.shell;

import graft.app.controls.Dialogs;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import javafx.scene.control.Alert;
import javafx.scene.control.ButtonBar.ButtonData;
import javafx.scene.control.ButtonType;
import javafx.stage.Window;

/** Asks what is to become of what is under way when the window closes, or another project is to be opened in it. */
final class ClosingDialog {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.workbench");

    enum Answer {
        BACKGROUND,
        STOP,
        CLOSE
    }

    /** What would end what is under way. */
    enum Occasion {
        CLOSE("close"),
        /** Another project is to be opened. */
        CHANGE("change");

        private final String key;

        Occasion(String key) {
            this.key = key;
        }

        private String text(String name) {
            return TEXTS.getString(key + "." + name);
        }
    }

    private ClosingDialog() {}

    /** Empty where the window is to stay. */
    static Optional<Answer> ask(Window owner, Closing closing, Occasion occasion) {
        Map<ButtonType, Answer> answers = new LinkedHashMap<>();
        if (closing == Closing.DURING_A_RUN) {
            answers.put(new ButtonType(TEXTS.getString("close.background"), ButtonData.YES), Answer.BACKGROUND);
            answers.put(new ButtonType(TEXTS.getString("close.stop"), ButtonData.NO), Answer.STOP);
        } else {
            answers.put(new ButtonType(occasion.text("anyway"), ButtonData.NO), Answer.CLOSE);
        }
        ButtonType stay = new ButtonType(TEXTS.getString("close.no"), ButtonData.CANCEL_CLOSE);
        String words = occasion.text(closing == Closing.DURING_A_RUN ? "run" : "work");
        Alert alert = new Alert(Alert.AlertType.CONFIRMATION, words);
        alert.getButtonTypes().setAll(answers.keySet());
        alert.getButtonTypes().add(stay);
        alert.initOwner(owner);
        alert.setTitle(occasion.text("title"));
        alert.setHeaderText(null);
        alert.setGraphic(null);
        alert.getDialogPane().setId("closing-dialog");
        Dialogs.wholeButtons(alert.getDialogPane());
        return Dialogs.ask(alert).map(answers::get);
    }
}
