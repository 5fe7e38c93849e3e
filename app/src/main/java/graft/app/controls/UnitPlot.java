package graft.app.controls;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.layout.Region;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Line;
import javafx.scene.shape.Polyline;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Font;
import javafx.scene.text.Text;

/** Shares against shares: both axes go from 0 to 100 %. Lines, bars and a mark; what they look like is said by style classes. */
public final class UnitPlot extends Region {
    /** Around the plot, where texts are as large as usual. */
    private static final double LEFT = 44;

    private static final double BOTTOM = 36;
    private static final double TOP = 22;
    private static final double RIGHT = 18;
    private static final double TICK = 0.92;
    private static final int TICKS = 4;
    /** Pixels of an axis' name, where texts are as large as usual. */
    private static final double USUAL = 12;

    private record Drawn(String style, List<double[]> points) {}

    private record Bar(double from, double to, double height) {}

    private final Text across = new Text();
    private final Text up = new Text();
    private final List<Drawn> lines = new ArrayList<>();
    private final List<Bar> bars = new ArrayList<>();
    private double[] mark;

    /** @param across what is shown to the right; {@code up}: what is shown upwards */
    public UnitPlot(String across, String up) {
        this.across.setText(across);
        this.up.setText(up);
        for (Text label : List.of(this.across, this.up)) {
            styled(label, "plot-label");
            label.fontProperty().addListener((property, old, font) -> requestLayout());
        }
        getChildren().addAll(this.across, this.up);
        getStyleClass().add("unit-plot");
        setMinSize(160, 100);
        setPrefSize(320, 280);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    }

    public void clear() {
        lines.clear();
        bars.clear();
        mark = null;
        redraw();
    }

    /** @param points each {x, y}, 0…1 */
    public void line(String style, List<double[]> points) {
        lines.add(new Drawn(style, List.copyOf(points)));
        redraw();
    }

    public void bar(double from, double to, double height) {
        bars.add(new Bar(from, to, height));
        redraw();
    }

    /** The point that is looked at; null = none. */
    public void mark(double[] point) {
        mark = point;
        redraw();
    }

    private void redraw() {
        getChildren().setAll(across, up);
        requestLayout();
    }

    /** What is around the plot holds texts, and grows with them. */
    private double scale() {
        return across.getFont().getSize() / USUAL;
    }

    private double side() {
        return Math.max(20, getHeight() - (TOP + BOTTOM) * scale());
    }

    private double width() {
        return Math.max(20, getWidth() - (LEFT + RIGHT) * scale());
    }

    private double x(double share) {
        return LEFT * scale() + share * width();
    }

    private double y(double share) {
        return TOP * scale() + (1 - share) * side();
    }

    @Override
    protected void layoutChildren() {
        List<Node> out = new ArrayList<>();
        for (int i = 0; i <= TICKS; i++) {
            double share = (double) i / TICKS;
            out.add(styled(new Line(x(0), y(share), x(1), y(share)), i == 0 ? "plot-axis" : "plot-grid"));
            Text left = text(Math.round(100 * share) + " %");
            left.setX((LEFT - 6) * scale() - left.getLayoutBounds().getWidth());
            left.setY(y(share) + 4 * scale());
            Text below = text(Math.round(100 * share) + " %");
            below.setX(x(share) - below.getLayoutBounds().getWidth() / 2);
            below.setY(y(0) + 14 * scale());
            out.add(left);
            out.add(below);
        }
        bars.forEach(bar -> out.add(styled(
                new Rectangle(
                        x(bar.from()) + 1,
                        y(bar.height()),
                        Math.max(1, x(bar.to()) - x(bar.from()) - 2),
                        y(0) - y(bar.height())),
                "plot-bar")));
        lines.forEach(drawn -> {
            Polyline line = new Polyline(drawn.points().stream()
                    .flatMapToDouble(point -> java.util.stream.DoubleStream.of(x(point[0]), y(point[1])))
                    .toArray());
            out.add(styled(line, drawn.style()));
        });
        if (mark != null) {
            out.add(styled(new Circle(x(mark[0]), y(mark[1]), 5), "plot-mark"));
        }
        across.setX(x(0.5) - across.getLayoutBounds().getWidth() / 2);
        across.setY(y(0) + 30 * scale());
        up.setX(0);
        up.setY(10 * scale());
        out.add(across);
        out.add(up);
        getChildren().setAll(out);
    }

    private Text text(String words) {
        Text out = styled(new Text(words), "plot-tick");
        out.setFont(Font.font(
                across.getFont().getFamily(), TICK * across.getFont().getSize())); // measured before it has its style
        return out;
    }

    private static <T extends Node> T styled(T node, String style) {
        node.getStyleClass().add(style);
        node.setMouseTransparent(true);
        node.setManaged(false);
        return node;
    }

    /** The lines' points, in the order in which they were added: for whoever reads what is drawn. */
    public List<List<double[]>> lines() {
        return IntStream.range(0, lines.size())
                .mapToObj(i -> lines.get(i).points())
                .toList();
    }
}
