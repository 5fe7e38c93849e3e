package graft.app.shell;

import java.util.Optional;
import java.util.ResourceBundle;
import javafx.scene.control.Alert;
import javafx.scene.control.ButtonBar.ButtonData;
import javafx.scene.control.ButtonType;
import javafx.stage.Window;

/** Asks what is to become of the run when the window closes. */
final class ClosingDialog {
    enum Answer {
        BACKGROUND,
        STOP
    }

    private ClosingDialog() {}

    /** Empty where the window is to stay. */
    static Optional<Answer> ask(Window owner, String words) {
        ResourceBundle texts = ResourceBundle.getBundle("graft.app.workbench");
        ButtonType background = new ButtonType(texts.getString("close.background"), ButtonData.YES);
        ButtonType stop = new ButtonType(texts.getString("close.stop"), ButtonData.NO);
        ButtonType stay = new ButtonType(texts.getString("close.no"), ButtonData.CANCEL_CLOSE);
        Alert alert = new Alert(Alert.AlertType.CONFIRMATION, words, background, stop, stay);
        alert.initOwner(owner);
        alert.setTitle(texts.getString("close.title"));
        alert.setHeaderText(null);
        alert.setGraphic(null);
        alert.getDialogPane().setId("closing-dialog");
        return alert.showAndWait()
                .filter(chosen -> chosen != stay)
                .map(chosen -> chosen == background ? Answer.BACKGROUND : Answer.STOP);
    }
}
