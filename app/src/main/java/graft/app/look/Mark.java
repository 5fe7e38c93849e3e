package graft.app.look;

import javafx.scene.Group;
import javafx.scene.layout.StackPane;
import javafx.scene.shape.SVGPath;
import javafx.scene.shape.StrokeLineJoin;
import javafx.scene.transform.Scale;

/** The sign of the program: a grown stem, cut, with a young leaf grafted on. */
public final class Mark extends StackPane {
    private static final double DRAWN = 24;

    /** @param size of its square */
    public Mark(double size) {
        SVGPath stem = path("M11 22V13l-3-3V2h4v8", "mark-stem", 3.2);
        SVGPath leaf = path("M13 13.5V8c0-3.5 2.5-5.5 7-5.5 0 4.5-2 7-7 7", "mark-leaf", 2);
        SVGPath cut = path("M7 13.2l8-3.4", "mark-cut", 2);
        Group drawing = new Group(stem, leaf, cut);
        drawing.getTransforms().add(new Scale(size / DRAWN, size / DRAWN));
        getChildren().add(new Group(drawing));
        setPrefSize(size, size);
        setMinSize(size, size);
        setMaxSize(size, size);
        setMouseTransparent(true);
    }

    private static SVGPath path(String content, String style, double width) {
        SVGPath path = new SVGPath();
        path.setContent(content);
        path.setStrokeWidth(width);
        path.setStrokeLineJoin(StrokeLineJoin.ROUND);
        path.getStyleClass().add(style);
        return path;
    }
}
