package graft.app.shell;

import graft.app.controls.Dialogs;
import graft.app.controls.Numbers;
import graft.app.jobs.Crashes;
import java.util.ResourceBundle;
import java.util.function.Consumer;
import javafx.scene.control.Alert;
import javafx.scene.control.ButtonBar.ButtonData;
import javafx.scene.control.ButtonType;
import javafx.stage.Window;

/** Tells in words that something went wrong inside, one dialog at a time. */
final class CrashDialog implements Consumer<Crashes.Report> {
    private final Window owner;
    private final Consumer<String> showFolder;
    private boolean open;

    /** @param showFolder opens a folder in the system's file manager */
    CrashDialog(Window owner, Consumer<String> showFolder) {
        this.owner = owner;
        this.showFolder = showFolder;
    }

    @Override
    public void accept(Crashes.Report report) {
        if (open) {
            return; // what fails at every pulse would fill the screen
        }
        ResourceBundle texts = ResourceBundle.getBundle("graft.app.workbench");
        ButtonType goOn = new ButtonType(texts.getString("crash.close"), ButtonData.OK_DONE);
        ButtonType show = new ButtonType(texts.getString("crash.show"), ButtonData.LEFT);
        String words = report.file() == null
                ? Numbers.message(texts.getString("crash.unwritten"), report.problem())
                : Numbers.message(texts.getString("crash.says"), report.file());
        Alert alert = new Alert(Alert.AlertType.ERROR, words, goOn);
        if (report.file() != null) {
            alert.getButtonTypes().add(show);
        }
        alert.initOwner(owner);
        alert.setTitle(texts.getString("crash.title"));
        alert.setHeaderText(texts.getString("crash.title"));
        alert.getDialogPane().setId("crash-dialog");
        Dialogs.wholeButtons(alert.getDialogPane());
        alert.setOnHidden(event -> {
            open = false;
            if (alert.getResult() == show) {
                showFolder.accept(report.file().getParent().toUri().toString());
            }
        });
        open = true;
        Dialogs.show(alert);
    }
}
