package graft.app.train;

import graft.app.controls.Numbers;
import graft.domains.TwoDomains.Domain;
import graft.domains.TwoDomains.Point;
import graft.domains.TwoDomains.View;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.layout.Region;
import javafx.scene.shape.ArcTo;
import javafx.scene.shape.ClosePath;
import javafx.scene.shape.Line;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;
import javafx.scene.text.Text;

/** Features of both domains along two components: rings of the source, crosses of the target. */
final class DomainPlot extends Region {
    private static final double MARK = 3.5;
    private static final double EDGE = 10;
    private static final double BOTTOM = 26;
    private static final double LEFT = 26;

    private View view;

    DomainPlot() {
        getStyleClass().add("domain-plot");
        setMinSize(120, 100);
        setPrefSize(320, 260);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    }

    /** @param words what is seen, for whoever does not see it */
    void show(View now, String words) {
        view = now;
        setAccessibleText(words);
        getChildren().clear();
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        List<Node> out = new ArrayList<>();
        if (view != null) {
            draw(out);
        }
        getChildren().setAll(out);
    }

    private void draw(List<Node> out) {
        double wide = Math.max(20, getWidth() - LEFT);
        double high = Math.max(20, getHeight() - BOTTOM);
        out.add(styled(new Line(LEFT, high, LEFT + wide, high), "plot-axis"));
        out.add(styled(new Line(LEFT, 0, LEFT, high), "plot-axis"));
        double[] x = places(Point::x, LEFT + EDGE, LEFT + wide - EDGE);
        double[] y = places(Point::y, high - EDGE, EDGE);
        Path rings = styled(new Path(), "domain-source");
        Path crosses = styled(new Path(), "domain-target");
        for (int i = 0; i < x.length; i++) {
            if (view.points().get(i).domain() == Domain.SOURCE) {
                ring(rings, x[i], y[i]);
            } else {
                cross(crosses, x[i], y[i]);
            }
        }
        out.add(rings);
        out.add(crosses);
        Text across = label(0);
        across.setX(LEFT + wide - across.getLayoutBounds().getWidth());
        across.setY(high + 18);
        Text up = label(1);
        double length = up.getLayoutBounds().getWidth();
        // Turned round its middle, which stands on the left edge.
        up.setX(10 - length / 2);
        up.setY(length / 2 + 4);
        up.setRotate(-90);
        out.add(across);
        if (length <= high) {
            out.add(up);
        }
    }

    private Text label(int axis) {
        return styled(
                new Text(TrainViewModel.text("domains.component", axis + 1, Numbers.percent(view.shares()[axis]))),
                "plot-label");
    }

    private double[] places(ToDoubleFunction<Point> of, double from, double to) {
        double least = view.points().stream().mapToDouble(of).min().orElseThrow();
        double most = view.points().stream().mapToDouble(of).max().orElseThrow();
        // All in one place stand in the middle.
        return view.points().stream()
                .mapToDouble(of)
                .map(value -> most > least ? from + (to - from) * (value - least) / (most - least) : (from + to) / 2)
                .toArray();
    }

    /** A path with a mark of that domain alone, for the legend. */
    static Path mark(Domain domain) {
        Path out = styled(new Path(), domain == Domain.SOURCE ? "domain-source" : "domain-target");
        if (domain == Domain.SOURCE) {
            ring(out, MARK, MARK);
        } else {
            cross(out, MARK, MARK);
        }
        return out;
    }

    private static void ring(Path path, double x, double y) {
        path.getElements()
                .addAll(
                        new MoveTo(x - MARK, y),
                        new ArcTo(MARK, MARK, 0, x + MARK, y, false, true),
                        new ArcTo(MARK, MARK, 0, x - MARK, y, false, true),
                        new ClosePath());
    }

    private static void cross(Path path, double x, double y) {
        path.getElements()
                .addAll(
                        new MoveTo(x - MARK, y - MARK),
                        new LineTo(x + MARK, y + MARK),
                        new MoveTo(x - MARK, y + MARK),
                        new LineTo(x + MARK, y - MARK));
    }

    private static <T extends Node> T styled(T node, String style) {
        node.getStyleClass().add(style);
        return node;
    }
}
