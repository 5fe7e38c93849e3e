package graft.app.task;

import graft.app.controls.PictureGrid;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.scene.control.MenuItem;
import javafx.scene.layout.Region;

/** Pictures as a grid. */
final class PictureGallery implements Gallery {
    private final PictureGrid grid;
    private final Map<Path, Shown> byFile = new HashMap<>();

    PictureGallery(PictureLoaders loaders) {
        grid = new PictureGrid(loaders.small());
    }

    @Override
    public Region node() {
        return grid;
    }

    @Override
    public void show(List<Shown> examples) {
        byFile.clear();
        examples.forEach(example -> byFile.put(example.file(), example));
        grid.show(examples.stream().map(Shown::file).toList());
    }

    @Override
    public void setActions(Function<Shown, List<MenuItem>> actions) {
        grid.setActions(file -> actions.apply(byFile.get(file)));
    }

    @Override
    public void setOnOpen(Consumer<Shown> action) {
        grid.setOnOpen(file -> action.accept(byFile.get(file)));
    }
}
