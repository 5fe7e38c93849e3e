package graft.app.shell;

import graft.app.controls.Dialogs;
import java.util.List;
import java.util.ResourceBundle;
import javafx.geometry.VPos;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;
import javafx.stage.Window;

/** All shortcuts on one sheet. */
final class KeySheet {
    /** In widths of the letter m. */
    private static final double WIDTH = 46;

    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.keys");
    /** Sections, and the keys in each, by their names in the texts. */
    private static final List<List<String>> SECTIONS = List.of(
            List.of("window", "steps", "home", "settings", "panel", "sheet"),
            List.of("everywhere", "next", "press", "among", "menu", "enter"),
            List.of(
                    "data",
                    "data.undo",
                    "data.redo",
                    "data.paste",
                    "data.rename",
                    "data.more",
                    "data.all",
                    "data.leave",
                    "data.like"),
            List.of("network", "file", "lock", "lock.to", "fit", "find", "undo", "redo", "arrows", "zoom", "pan"),
            List.of("train", "bar"),
            List.of("evaluate", "cell"),
            List.of("runs", "runs.rename", "runs.tag", "runs.note", "runs.delete"),
            List.of("project", "open", "rename", "remove", "project.new", "project.open"));

    private KeySheet() {}

    static void open(Window owner) {
        Dialog<ButtonType> dialog = new Dialog<>();
        dialog.initOwner(owner);
        dialog.setTitle(TEXTS.getString("title"));
        dialog.getDialogPane().setId("key-sheet");
        dialog.getDialogPane().getButtonTypes().add(ButtonType.CLOSE);
        GridPane sheet = sheet();
        Dialogs.fill(dialog.getDialogPane(), sheet, owner);
        Dialogs.broaden(dialog.getDialogPane(), sheet, WIDTH, owner);
        Dialogs.show(dialog);
    }

    static GridPane sheet() {
        GridPane grid = new GridPane();
        grid.setHgap(24);
        grid.setVgap(6);
        grid.getStyleClass().add("settings");
        int row = 0;
        for (List<String> section : SECTIONS) {
            Label title = new Label(TEXTS.getString(section.get(0)));
            title.getStyleClass().addAll("card-title", "key-section");
            grid.add(title, 0, row++, 2, 1);
            for (String key : section.subList(1, section.size())) {
                Label keys = new Label(TEXTS.getString(key + ".keys"));
                keys.getStyleClass().add("chip");
                keys.setMinWidth(Region.USE_PREF_SIZE);
                Label does = new Label(TEXTS.getString(key));
                does.setWrapText(true);
                does.setMinHeight(Region.USE_PREF_SIZE);
                GridPane.setValignment(keys, VPos.TOP);
                grid.addRow(row++, keys, does);
            }
        }
        return grid;
    }
}
