package graft.app.train;

import graft.app.data.PictureImages;
import graft.image.Picture;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.image.ImageView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.TilePane;
import javafx.scene.layout.VBox;

/** Shows versions of a picture beside the switches that vary it. */
final class AugmentationPane extends VBox {
    private static final double SIDE = 72;

    private final TilePane pictures = new TilePane(6, 6);
    private final Button again = new Button(TrainViewModel.text("augment.again"));
    private final Button other = new Button(TrainViewModel.text("augment.other"));

    /** @param looked the node that must be in sight for anything to be drawn */
    AugmentationPane(AugmentationPreview model, Node looked) {
        super(6);
        setId("augmentation-preview");
        Label says = new Label();
        says.getStyleClass().addAll("muted", "small");
        says.setWrapText(true);
        says.setMinHeight(USE_PREF_SIZE);
        says.textProperty().bind(model.saysProperty());
        again.setId("augment-again");
        again.setOnAction(event -> model.another());
        other.setId("augment-other");
        other.setOnAction(event -> model.anotherPicture());
        for (Button button : List.of(again, other)) {
            button.getStyleClass().add("small");
            button.setMinWidth(USE_PREF_SIZE);
        }
        pictures.setPrefColumns(3);
        pictures.setMaxWidth(3 * SIDE + 12); // two rows of three, however wide the form is
        pictures.setPrefTileWidth(SIDE);
        pictures.setPrefTileHeight(SIDE);
        HBox buttons = new HBox(8, again, other);
        getChildren().addAll(says, pictures, buttons);
        model.viewsProperty().addListener((property, old, views) -> show(views));
        show(model.viewsProperty().get());
        for (Node node : List.of(pictures, buttons)) {
            node.visibleProperty().bind(model.viewsProperty().map(views -> !views.isEmpty()));
            node.managedProperty().bind(node.visibleProperty());
        }
        looked.visibleProperty().addListener((property, was, is) -> model.watch(is));
        model.watch(looked.isVisible());
    }

    private void show(List<Picture> views) {
        pictures.getChildren().clear();
        for (int i = 0; i < views.size(); i++) {
            ImageView view = new ImageView(PictureImages.of(views.get(i)));
            view.setFitWidth(SIDE);
            view.setFitHeight(SIDE);
            view.setPreserveRatio(true);
            view.setAccessibleText(TrainViewModel.text("augment.version", i + 1));
            pictures.getChildren().add(view);
        }
    }
}
