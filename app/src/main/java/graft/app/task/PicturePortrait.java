package graft.app.task;

import javafx.beans.binding.Bindings;
import javafx.scene.Node;
import javafx.scene.image.ImageView;
import javafx.scene.layout.Pane;

/** A picture, large. */
final class PicturePortrait implements Portrait {
    private static final double SIDE = 190;

    private final PictureLoaders loaders;
    private final Pane place = new Pane();
    private final ImageView view = new ImageView();

    PicturePortrait(PictureLoaders loaders) {
        this.loaders = loaders;
        view.setPreserveRatio(true);
        view.setManaged(false); // its size follows the place, never the other way round
        place.getChildren().add(view);
        place.setMinSize(0, 0);
        place.setPrefSize(SIDE, SIDE);
        view.fitWidthProperty().bind(Bindings.max(1, Bindings.min(SIDE, place.widthProperty())));
        view.fitHeightProperty().bind(Bindings.max(1, Bindings.min(SIDE, place.heightProperty())));
    }

    @Override
    public Node node() {
        return place;
    }

    @Override
    public void show(Shown example) {
        view.imageProperty().unbind();
        if (example == null) {
            view.setImage(null);
        } else {
            view.imageProperty().bind(loaders.large().apply(example.file()));
        }
    }
}
