package graft.app.task;

import graft.app.controls.PictureGrid;
import java.nio.file.Path;
import java.util.function.Function;
import javafx.beans.value.ObservableValue;
import javafx.scene.image.Image;

/**
 * Loads pictures away from the FX thread.
 *
 * @param small of {@link PictureGrid#SIZE}
 */
public record PictureLoaders(PictureGrid.Loader small, Function<Path, ObservableValue<Image>> large) {}
