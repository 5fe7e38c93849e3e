package graft.app.task;

import javafx.scene.Node;
import javafx.scene.image.ImageView;

/** A picture, large. */
final class PicturePortrait implements Portrait {
    private static final double SIDE = 190;

    private final PictureLoaders loaders;
    private final ImageView view = new ImageView();

    PicturePortrait(PictureLoaders loaders) {
        this.loaders = loaders;
        view.setFitWidth(SIDE);
        view.setFitHeight(SIDE);
        view.setPreserveRatio(true);
    }

    @Override
    public Node node() {
        return view;
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
