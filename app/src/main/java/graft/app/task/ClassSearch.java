package graft.app.task;

import graft.app.controls.Dialogs;
import graft.app.controls.Numbers;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import javafx.collections.FXCollections;
import javafx.collections.transformation.FilteredList;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.Window;

/** One of very many classes, found by a part of its name. */
final class ClassSearch extends VBox {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.task");
    private static final double WIDTH = 360;
    private static final double HEIGHT = 380;

    private final ListView<String> list;
    private final TextField typed = new TextField();

    ClassSearch(List<String> names, Runnable chosen) {
        FilteredList<String> found = new FilteredList<>(FXCollections.observableArrayList(names));
        list = new ListView<>(found);
        list.setId("class-found");
        list.setPlaceholder(new Label(TEXTS.getString("search.none")));
        typed.setId("class-typed");
        typed.setPromptText(Numbers.message(TEXTS.getString("search.prompt"), names.size()));
        typed.setAccessibleText(typed.getPromptText());
        typed.textProperty().addListener((property, old, text) -> {
            String part = text.strip().toLowerCase(Locale.ROOT);
            found.setPredicate(name -> name.toLowerCase(Locale.ROOT).contains(part));
            list.getSelectionModel().selectFirst();
        });
        typed.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.DOWN) {
                list.requestFocus();
                event.consume();
            }
        });
        list.setOnMouseClicked(event -> {
            if (event.getClickCount() == 2 && !list.getSelectionModel().isEmpty()) {
                chosen.run();
            }
        });
        list.getSelectionModel().selectFirst();
        VBox.setVgrow(list, Priority.ALWAYS);
        setSpacing(8);
        getChildren().addAll(typed, list);
        setPrefSize(WIDTH, HEIGHT);
    }

    /** Null where no class has such a name. */
    String chosen() {
        return list.getSelectionModel().getSelectedItem();
    }

    /** Asks in a dialog above the window that is used. */
    static Optional<String> ask(String title, List<String> names) {
        Dialog<ButtonType> dialog = new Dialog<>();
        Window.getWindows().stream().filter(Window::isFocused).findFirst().ifPresent(dialog::initOwner);
        dialog.setTitle(title);
        dialog.setHeaderText(null);
        dialog.getDialogPane().getButtonTypes().setAll(ButtonType.CANCEL, ButtonType.OK);
        ClassSearch search = new ClassSearch(names, () -> dialog.setResult(ButtonType.OK));
        dialog.getDialogPane().setContent(search);
        dialog.setOnShown(event -> search.typed.requestFocus());
        return Dialogs.ask(dialog).filter(ButtonType.OK::equals).flatMap(ok -> Optional.ofNullable(search.chosen()));
    }
}
