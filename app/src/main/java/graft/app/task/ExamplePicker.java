package graft.app.task;

import graft.app.controls.Counts;
import java.util.List;
import java.util.ResourceBundle;
import java.util.function.Consumer;
import javafx.geometry.Bounds;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.Popup;

/** The examples of the open data, class by class, to choose one of. */
public final class ExamplePicker {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.task");
    private static final double WIDTH = 480;
    private static final double HEIGHT = 360;

    private final PictureLoaders loaders;

    public ExamplePicker(PictureLoaders loaders) {
        this.loaders = loaders;
    }

    /** Opens below a node, and closes when an example is chosen, by Escape, or by a click beside it. */
    public void open(Node below, ExampleSet set, Consumer<Shown> chosen) {
        Gallery gallery = set.view().gallery().apply(loaders);
        gallery.node().setId("picker-examples");
        VBox.setVgrow(gallery.node(), Priority.ALWAYS);
        Label count = new Label();
        count.getStyleClass().add("muted");
        ComboBox<String> classes = new ComboBox<>();
        classes.setId("picker-class");
        classes.getItems().setAll(set.classNames());
        classes.setAccessibleText(TEXTS.getString("picker.class"));
        classes.valueProperty().addListener((property, old, name) -> {
            List<Shown> examples = set.examples(name);
            count.setText(Counts.exact(examples.size()));
            gallery.show(examples);
        });
        HBox top = new HBox(8, classes, count);
        top.setAlignment(Pos.CENTER_LEFT);
        VBox card = new VBox(8, top, gallery.node());
        card.getStyleClass().addAll("card", "example-picker");
        card.setPrefSize(WIDTH, HEIGHT);
        Popup popup = new Popup();
        popup.setAutoHide(true);
        popup.setHideOnEscape(true);
        card.getStylesheets().setAll(below.getScene().getStylesheets());
        card.getStylesheets().addAll(below.getScene().getRoot().getStylesheets());
        popup.getContent().add(card);
        gallery.setOnOpen(example -> {
            popup.hide();
            chosen.accept(example);
        });
        classes.getSelectionModel().selectFirst();
        Bounds at = below.localToScreen(below.getBoundsInLocal());
        popup.show(below, Math.max(0, at.getMaxX() - WIDTH), at.getMaxY() + 4);
        classes.requestFocus();
    }
}
