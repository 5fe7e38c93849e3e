package graft.app.task;

import graft.app.controls.PictureGrid;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
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
    public void setActions(Function<Shown, List<MenuItem>> actions) {
        grid.setActions(index -> actions.apply(shown.get(index)));
    }

    @Override
    public void setOnOpen(Consumer<Shown> action) {
        grid.setOnOpen(index -> action.accept(shown.get(index)));
    }
}
