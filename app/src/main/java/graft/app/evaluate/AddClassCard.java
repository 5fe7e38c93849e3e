package graft.app.evaluate;

import graft.app.controls.Choosers;
import graft.app.controls.FileDrop;
import graft.app.controls.Numbers;
import graft.app.controls.Parts;
import java.nio.file.Path;
import java.util.List;
import java.util.ResourceBundle;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Drop a handful of examples, name their class, save the file that knows it. */
final class AddClassCard extends VBox {
    private final AddClassViewModel model;
    private final Choosers choosers;
    private final ResourceBundle texts;

    /** @param open opens a file that was written, to be evaluated and asked */
    AddClassCard(AddClassViewModel model, Choosers choosers, ResourceBundle texts, Consumer<Path> open) {
        this.model = model;
        this.choosers = choosers;
        this.texts = texts;
        setId("add-class");
        setSpacing(8);
        getStyleClass().add("card");
        Label title = new Label(texts.getString("add.title"));
        title.getStyleClass().add("card-title");
        Label says = Parts.wrapped("", "muted");
        says.setText(texts.getString("add.says"));
        Label problem = Parts.wrapped("", "problem");
        problem.textProperty().bind(model.problemProperty());
        Parts.shownIf(problem, model.problemProperty().isNotEmpty());
        Label done = Parts.wrapped("", "proof");
        done.setId("add-done");
        done.textProperty().bind(model.saysProperty());
        Parts.shownIf(done, model.saysProperty().isNotEmpty());
        Button use =
                button("add.open", () -> open.accept(model.addedProperty().get().network()));
        Parts.shownIf(use, model.saysProperty().isNotEmpty());
        getChildren().addAll(title, says, controls(), problem, done, use);
        setMinHeight(Region.USE_PREF_SIZE);
        FileDrop.accept(this, model::take);
    }

    private FlowPane controls() {
        TextField name = new TextField();
        name.setId("add-name");
        name.setPromptText(texts.getString("add.name"));
        name.setAccessibleText(texts.getString("add.name"));
        name.textProperty().bindBidirectional(model.nameProperty());
        Label count = new Label();
        count.setId("add-count");
        count.getStyleClass().add("chip");
        count.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> Numbers.message(
                                texts.getString("add.count"), model.examples().size()),
                        model.examples()));
        Button clear = button("add.clear", model::clear);
        clear.disableProperty().bind(Bindings.isEmpty(model.examples()));
        Button write = button("add.write", this::write);
        write.disableProperty().bind(model.readyProperty().not());
        ProgressIndicator busy = new ProgressIndicator();
        busy.setPrefSize(18, 18);
        busy.visibleProperty().bind(model.addingProperty());
        FlowPane out = new FlowPane(
                8,
                8,
                button("use.file", this::chooseFile),
                button("use.folder", this::chooseFolder),
                count,
                clear,
                name,
                write,
                busy);
        out.setAlignment(Pos.CENTER_LEFT);
        return out;
    }

    private Button button(String key, Runnable action) {
        String id = key.replace('.', '-') + (key.startsWith("use") ? "-of-class" : "");
        return Parts.small(id, texts.getString(key), action);
    }

    private void chooseFile() {
        choosers.file(getScene().getWindow(), texts.getString("use.file")).ifPresent(file -> model.take(List.of(file)));
    }

    private void chooseFolder() {
        choosers.folder(getScene().getWindow(), texts.getString("use.folder"))
                .ifPresent(folder -> model.take(List.of(folder)));
    }

    private void write() {
        choosers.save(getScene().getWindow(), texts.getString("add.write"), model.fileName())
                .ifPresent(model::write);
    }
}
