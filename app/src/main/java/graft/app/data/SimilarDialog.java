package graft.app.data;

import graft.app.controls.Dialogs;
import graft.app.controls.Parts;
import graft.app.data.SimilarViewModel.Row;
import graft.app.task.Gallery;
import graft.app.task.PictureLoaders;
import graft.app.task.Portrait;
import graft.app.task.Shown;
import graft.app.task.TaskView;
import java.util.List;
import javafx.collections.ListChangeListener;
import javafx.geometry.Insets;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Window;

/** An example beside those that are most like it; each of them can be asked about in turn. */
final class SimilarDialog {
    /** In widths of the letter m. */
    private static final double WIDTH = 58;

    private static final double HEIGHT = 400;
    private static final double LEAST = 180;
    private static final double ASKED = 210;
    private static final double AROUND = 16;

    private SimilarDialog() {}

    static void open(Window owner, SimilarViewModel model, PictureLoaders loaders, Shown example) {
        Dialog<ButtonType> dialog = new Dialog<>();
        dialog.initOwner(owner);
        dialog.setTitle(DataTexts.text("similar"));
        dialog.getDialogPane().setId("similar-dialog");
        dialog.getDialogPane().getButtonTypes().add(ButtonType.CLOSE);
        TaskView view = model.examplesProperty().getValue().view();
        VBox content = new VBox(8, says(model), problem(model), progress(model), both(model, loaders, view));
        content.setPadding(new Insets(AROUND));
        Dialogs.fill(dialog.getDialogPane(), content, owner);
        Dialogs.widen(dialog.getDialogPane(), content, WIDTH, owner);
        dialog.setResizable(true);
        dialog.setOnHidden(event -> model.cancel());
        model.find(example);
        Dialogs.show(dialog);
    }

    private static Label says(SimilarViewModel model) {
        Label out = Parts.wrapped("", "muted");
        out.setId("similar-says");
        out.textProperty().bind(model.saysProperty());
        return out;
    }

    private static Label problem(SimilarViewModel model) {
        Label out = Parts.wrapped("", "problem");
        out.textProperty().bind(model.problemProperty());
        Parts.shownIf(out, model.problemProperty().isNotEmpty());
        return out;
    }

    private static ProgressBar progress(SimilarViewModel model) {
        ProgressBar out = new ProgressBar();
        out.setAccessibleText(DataTexts.text("similar"));
        out.setMaxWidth(Double.MAX_VALUE);
        out.visibleProperty().bind(model.searchingProperty()); // keeps its room: nothing moves when it is done
        return out;
    }

    private static HBox both(SimilarViewModel model, PictureLoaders loaders, TaskView view) {
        Portrait portrait = view.portrait().apply(loaders);
        Label name = Parts.wrapped("", "small", "muted");
        Gallery gallery = view.gallery().apply(loaders);
        gallery.node().setId("similar-examples");
        gallery.setNotes(Shown::name);
        gallery.setActions(chosen -> List.of(again(model, chosen.get(0))), chosen -> {});
        VBox left = new VBox(6, Parts.wrapped(DataTexts.text("similar.asked"), "section-label"), portrait.node(), name);
        left.setPrefWidth(ASKED);
        left.setMinWidth(Region.USE_PREF_SIZE);
        left.setMaxWidth(Region.USE_PREF_SIZE);
        VBox right = new VBox(6, Parts.wrapped(DataTexts.text("similar.nearest"), "section-label"), gallery.node());
        VBox.setVgrow(gallery.node(), Priority.ALWAYS);
        HBox.setHgrow(right, Priority.ALWAYS);
        HBox out = new HBox(16, left, right);
        out.setPrefHeight(HEIGHT);
        out.setMinHeight(LEAST);
        VBox.setVgrow(out, Priority.ALWAYS);
        model.askedProperty().subscribe(asked -> {
            portrait.show(asked);
            name.setText(asked == null ? "" : asked.name());
        });
        model.rows().addListener((ListChangeListener<Row>) change ->
                gallery.show(model.rows().stream().map(SimilarDialog::titled).toList()));
        return out;
    }

    private static MenuItem again(SimilarViewModel model, Shown example) {
        MenuItem out = new MenuItem(DataTexts.text("similar.again"));
        out.setOnAction(event -> model.rows().stream()
                .map(Row::shown)
                .filter(shown -> shown.key().equals(example.key()))
                .findFirst()
                .ifPresent(model::find));
        return out;
    }

    /** Called by how alike it is. */
    private static Shown titled(Row row) {
        Shown shown = row.shown();
        String name = shown.words().isEmpty() ? row.words() : row.words() + " · " + shown.name();
        return new Shown(shown.key(), name, shown.file(), shown.words(), shown.marks());
    }
}
