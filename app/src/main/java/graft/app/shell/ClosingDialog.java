package graft.app.shell;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import javafx.scene.control.Alert;
import javafx.scene.control.ButtonBar.ButtonData;
import javafx.scene.control.ButtonType;
import javafx.stage.Window;

/** Asks what is to become of the run when the window closes. */
final class ClosingDialog {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.workbench");

    enum Answer {
        BACKGROUND,
        STOP,
        CLOSE
    }

    private ClosingDialog() {}

    /** Empty where the window is to stay. */
    static Optional<Answer> ask(Window owner, Closing closing) {
        Map<ButtonType, Answer> answers = new LinkedHashMap<>();
        if (closing == Closing.DURING_A_RUN) {
            answers.put(new ButtonType(TEXTS.getString("close.background"), ButtonData.YES), Answer.BACKGROUND);
            answers.put(new ButtonType(TEXTS.getString("close.stop"), ButtonData.NO), Answer.STOP);
        } else {
            answers.put(new ButtonType(TEXTS.getString("close.anyway"), ButtonData.NO), Answer.CLOSE);
        }
        ButtonType stay = new ButtonType(TEXTS.getString("close.no"), ButtonData.CANCEL_CLOSE);
        String words = TEXTS.getString(closing == Closing.DURING_A_RUN ? "close.run" : "close.work");
        Alert alert = new Alert(Alert.AlertType.CONFIRMATION, words);
        alert.getButtonTypes().setAll(answers.keySet());
        alert.getButtonTypes().add(stay);
        alert.initOwner(owner);
        alert.setTitle(TEXTS.getString("close.title"));
        alert.setHeaderText(null);
        alert.setGraphic(null);
        alert.getDialogPane().setId("closing-dialog");
        Dialogs.wholeButtons(alert.getDialogPane());
        return alert.showAndWait().map(answers::get);
    }
}
