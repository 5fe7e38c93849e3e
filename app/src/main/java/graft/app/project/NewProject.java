package graft.app.project;

import graft.app.controls.Choosers;
import graft.app.controls.Dialogs;
import graft.app.controls.Numbers;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ResourceBundle;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBar.ButtonData;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.stage.Window;

/** Asks how a new project is called and where it lies; says at once why one cannot be called so. */
final class NewProject {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.project");
    private static final double WIDTH = 30;

    private final ProjectsViewModel projects;
    private final TextField name = new TextField();
    private final Label place = new Label();
    private final Label objection = new Label();
    /** Where the user wants it; null where it lies beside the others. */
    private final ObjectProperty<Path> beside = new SimpleObjectProperty<>();

    private NewProject(ProjectsViewModel projects) {
        this.projects = projects;
    }

    /** The folder of the project that is wanted; empty where none is. */
    static Optional<Path> ask(Window owner, ProjectsViewModel projects, Choosers choosers) {
        return new NewProject(projects).ask(owner, choosers);
    }

    private Optional<Path> ask(Window owner, Choosers choosers) {
        Dialog<ButtonType> dialog = new Dialog<>();
        dialog.initOwner(owner);
        dialog.setTitle(TEXTS.getString("new.title"));
        ButtonType make = new ButtonType(TEXTS.getString("new.make"), ButtonData.OK_DONE);
        ButtonType cancel = new ButtonType(TEXTS.getString("new.cancel"), ButtonData.CANCEL_CLOSE);
        dialog.getDialogPane().getButtonTypes().setAll(make, cancel);
        dialog.getDialogPane().setId("new-project");
        dialog.getDialogPane().setContent(content(choosers));
        Button made = (Button) dialog.getDialogPane().lookupButton(make);
        name.textProperty().addListener((property, old, text) -> check(made));
        beside.addListener((property, old, folder) -> check(made));
        check(made);
        objection.setText(""); // nothing was typed yet
        dialog.setOnShown(event -> name.requestFocus());
        return Dialogs.ask(dialog).filter(make::equals).map(answer -> folder());
    }

    private Region content(Choosers choosers) {
        name.setId("project-name");
        name.setPromptText(TEXTS.getString("new.prompt"));
        Label called = new Label(TEXTS.getString("new.name"));
        called.setLabelFor(name);
        called.setMinWidth(Region.USE_PREF_SIZE);
        Label lies = new Label(TEXTS.getString("new.place"));
        lies.setMinWidth(Region.USE_PREF_SIZE);
        place.setId("project-place");
        place.setWrapText(true);
        place.setMinHeight(Region.USE_PREF_SIZE);
        HBox.setHgrow(place, Priority.ALWAYS);
        place.setMaxWidth(Double.MAX_VALUE);
        Button choose = new Button(TEXTS.getString("new.choose"));
        choose.getStyleClass().add("small");
        choose.setMinWidth(Region.USE_PREF_SIZE);
        choose.setOnAction(event -> choosers.folder(name.getScene().getWindow(), TEXTS.getString("new.choose.title"))
                .ifPresent(beside::set));
        HBox where = new HBox(12, place, choose);
        where.setAlignment(Pos.CENTER_LEFT);
        objection.getStyleClass().addAll("problem", "small");
        objection.setWrapText(true);
        objection.setMinHeight(Region.USE_PREF_SIZE);
        Label says = new Label(TEXTS.getString("new.says"));
        says.getStyleClass().addAll("muted", "small");
        says.setWrapText(true);
        says.setMinHeight(Region.USE_PREF_SIZE);
        GridPane grid = new GridPane();
        grid.setHgap(16);
        grid.setVgap(12);
        grid.getStyleClass().addAll("settings", "dialog-room");
        grid.add(says, 0, 0, 2, 1);
        grid.addRow(1, called, name);
        grid.addRow(2, lies, where);
        grid.add(objection, 0, 3, 2, 1);
        GridPane.setHgrow(name, Priority.ALWAYS);
        GridPane.setHgrow(where, Priority.ALWAYS);
        grid.prefWidthProperty()
                .bind(javafx.beans.binding.Bindings.createDoubleBinding(
                        () -> WIDTH * called.getFont().getSize(), called.fontProperty()));
        return grid;
    }

    private Path folder() {
        String called = name.getText().strip();
        return beside.get() == null ? projects.placeOf(called) : beside.get().resolve(called);
    }

    private void check(Button made) {
        String called = name.getText().strip();
        String words = ProjectsViewModel.objection(called);
        made.setDisable(!words.isEmpty());
        objection.setText(words);
        if (words.isEmpty()) {
            place.setText(folder().toString());
        } else {
            Path parent = beside.get() == null ? projects.placeOf("x").getParent() : beside.get();
            place.setText(Numbers.message(TEXTS.getString("new.in"), parent));
        }
    }
}
