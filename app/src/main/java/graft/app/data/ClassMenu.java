package graft.app.data;

import graft.app.task.ExampleSet.ClassCount;
import java.util.Optional;
import java.util.ResourceBundle;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.cell.TextFieldTableCell;
import javafx.scene.input.KeyCode;

/** What can be done with a class: rename it, put it together with another one, leave it out. */
final class ClassMenu {
    private ClassMenu() {}

    /** A double click, or F2, on a class's name. */
    static void on(
            TableView<ClassCount> classes,
            TableColumn<ClassCount, String> className,
            DataViewModel model,
            ResourceBundle resources) {
        className.setCellFactory(TextFieldTableCell.forTableColumn());
        className.setOnEditCommit(event -> model.rename(event.getRowValue().name(), event.getNewValue()));
        MenuItem rename = new MenuItem(resources.getString("rename"));
        rename.setOnAction(event -> classes.edit(classes.getSelectionModel().getSelectedIndex(), className));
        Menu merge = new Menu(resources.getString("merge"));
        MenuItem leave = new MenuItem(resources.getString("leave.out.class"));
        leave.setOnAction(event -> chosen(classes).ifPresent(model::leaveOutClass));
        ContextMenu menu = new ContextMenu(rename, merge, leave);
        menu.setOnShowing(event -> {
            merge.getItems().clear();
            chosen(classes).ifPresent(chosen -> classes.getItems().stream()
                    .map(ClassCount::name)
                    .filter(name -> !name.equals(chosen))
                    .forEach(name -> {
                        MenuItem item = new MenuItem(name);
                        item.setMnemonicParsing(false);
                        item.setOnAction(click -> model.rename(chosen, name));
                        merge.getItems().add(item);
                    }));
        });
        classes.setContextMenu(menu);
        classes.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.F2) {
                rename.fire();
                event.consume();
            }
        });
    }

    private static Optional<String> chosen(TableView<ClassCount> classes) {
        return Optional.ofNullable(classes.getSelectionModel().getSelectedItem())
                .map(ClassCount::name);
    }
}
