package graft.app.train;

import graft.app.controls.Numbers;
import graft.domains.TwoDomains.Domain;
import graft.domains.TwoDomains.Point;
import graft.domains.TwoDomains.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import javafx.geometry.Bounds;
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
    /** Pixels of an axis' name, where texts are as large as usual. */
    private static final double USUAL = 12;
    /** More names would hide what they name. */
    private static final int CLASSES = 12;

    private final Text across = styled(new Text(), "plot-label");
    private View view;

    DomainPlot() {
        getStyleClass().add("domain-plot");
        setMinSize(120, 100);
        setPrefSize(320, 260);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        across.fontProperty().addListener((property, old, font) -> requestLayout());
        getChildren().add(across);
    }

    /** What is beside the axes holds texts, and grows with them. */
    private double scale() {
        return across.getFont().getSize() / USUAL;
    }

    /** @param words what is seen, for whoever does not see it */
    void show(View now, String words) {
        view = now;
        setAccessibleText(words);
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        List<Node> out = new ArrayList<>(List.of(across));
        across.setText("");
        if (view != null) {
            draw(out);
        }
        getChildren().setAll(out);
    }

    private void draw(List<Node> out) {
        double left = LEFT * scale();
        double wide = Math.max(20, getWidth() - left);
        double high = Math.max(20, getHeight() - BOTTOM * scale());
        out.add(styled(new Line(left, high, left + wide, high), "plot-axis"));
        out.add(styled(new Line(left, 0, left, high), "plot-axis"));
        double[] x = places(Point::x, left + EDGE, left + wide - EDGE);
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
        names(x, y, left, left + wide, high).forEach(out::add);
        across.setText(component(0));
        across.setX(Math.max(0, left + wide - across.getLayoutBounds().getWidth()));
        across.setY(high + 18 * scale());
        Text up = text(component(1), "plot-label");
        double length = up.getLayoutBounds().getWidth();
        // Turned round its middle, which stands on the left edge.
        up.setX(10 * scale() - length / 2);
        up.setY(length / 2 + 4);
        up.setRotate(-90);
        if (length <= high) {
            out.add(up);
        }
    }

    /** Each class by its name, where most of its examples are, in the colour of their domain; unless there are too many. */
    private List<Text> names(double[] x, double[] y, double left, double right, double bottom) {
        Map<List<Object>, List<Integer>> members = new LinkedHashMap<>();
        for (int i = 0; i < x.length; i++) {
            Point point = view.points().get(i);
            if (point.className() != null) {
                members.computeIfAbsent(List.of(point.domain(), point.className()), any -> new ArrayList<>())
                        .add(i);
            }
        }
        if (members.keySet().stream().map(key -> key.get(1)).distinct().count() > CLASSES) {
            return List.of();
        }
        List<Text> out = new ArrayList<>();
        members.forEach((key, those) -> {
            Text name = text(
                    (String) key.get(1), key.get(0) == Domain.SOURCE ? "domain-source-name" : "domain-target-name");
            Bounds size = name.getLayoutBounds();
            double at = middle(those, x) - size.getWidth() / 2;
            double line = middle(those, y);
            name.setX(Math.max(left + 2, Math.min(right - size.getWidth(), at)));
            // Below one that is there already.
            do {
                name.setY(Math.max(size.getHeight(), Math.min(bottom - 2, line)));
                line += size.getHeight();
            } while (line < bottom
                    && out.stream().anyMatch(other -> other.getBoundsInLocal().intersects(name.getBoundsInLocal())));
            out.add(name);
        });
        return out;
    }

    private static double middle(List<Integer> those, double[] places) {
        double[] sorted = those.stream().mapToDouble(i -> places[i]).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private String component(int axis) {
        return TrainViewModel.text("domains.component", axis + 1, Numbers.percent(view.shares()[axis]));
    }

    private Text text(String words, String style) {
        Text out = styled(new Text(words), style);
        out.setFont(across.getFont()); // measured before it has its style
        return out;
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
