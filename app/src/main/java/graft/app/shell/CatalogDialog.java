package graft.app.shell;

import graft.app.catalog.CatalogPane;
import graft.app.catalog.CatalogViewModel;
import graft.app.controls.Dialogs;
import java.nio.file.Path;
import java.util.ResourceBundle;
import java.util.function.Consumer;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.stage.Window;

/** The networks that are known by name; a network that is opened closes it. */
final class CatalogDialog {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.catalog");

    /** Of a list beside what is known of one, in widths of the letter m. */
    private static final double WIDTH = 62;

    private CatalogDialog() {}

    static void open(Window owner, CatalogViewModel networks, Consumer<Path> use) {
        Dialog<ButtonType> dialog = new Dialog<>();
        dialog.initOwner(owner);
        dialog.setTitle(TEXTS.getString("title"));
        dialog.getDialogPane().getButtonTypes().add(ButtonType.CLOSE);
        CatalogPane pane = new CatalogPane(networks, file -> {
            dialog.close();
            use.accept(file);
        });
        Dialogs.fill(dialog.getDialogPane(), pane, owner);
        Dialogs.widen(dialog.getDialogPane(), pane, WIDTH, owner);
        dialog.getDialogPane().setId("catalog-dialog");
        dialog.setResizable(true);
        Dialogs.show(dialog);
    }
}
