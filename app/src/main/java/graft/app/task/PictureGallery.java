package graft.app.task;

import graft.app.controls.PictureGrid;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.MenuItem;
import javafx.scene.layout.Region;

/** Pictures as a grid. */
final class PictureGallery implements Gallery {
    private final PictureGrid grid;
    private List<Shown> shown = List.of();

    PictureGallery(PictureLoaders loaders) {
        grid = new PictureGrid(loaders.small());
    }

    @Override
    public Region node() {
        return grid;
    }

    @Override
    public void show(List<Shown> examples) {
        shown = List.copyOf(examples);
        grid.show(shown.stream().map(Shown::file).toList());
    }

    @Override
    public void setNotes(Function<Shown, String> notes) {
        grid.notesProperty().set(place -> notes.apply(shown.get(place)));
    }

    @Override
    public void setActions(Function<List<Shown>, List<MenuItem>> actions, Consumer<List<Shown>> onDelete) {
        grid.setActions(places -> actions.apply(at(places)));
        grid.setOnDelete(places -> onDelete.accept(at(places)));
    }

    private List<Shown> at(List<Integer> places) {
        return places.stream().map(shown::get).toList();
    }

    @Override
    public ObservableValue<List<Shown>> chosen() {
        return grid.chosenProperty().map(this::at);
    }

    @Override
    public void setOnOpen(Consumer<Shown> action) {
        grid.setOnOpen(index -> action.accept(shown.get(index)));
    }
}
