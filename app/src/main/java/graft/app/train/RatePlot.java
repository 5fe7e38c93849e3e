package graft.app.train;

import graft.train.RateFinder.Found;
import graft.train.RateFinder.Point;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.layout.Region;
import javafx.scene.shape.Line;
import javafx.scene.shape.Polyline;
import javafx.scene.text.Text;

/** The loss upwards against the learning rate to the right, by powers of ten, with the rates that are suggested marked. */
final class RatePlot extends Region {
    private static final double LEFT = 48;
    private static final double RIGHT = 16;
    private static final double TOP = 24;
    private static final double BOTTOM = 36;
    private static final int LINES = 4;
    /** Where the loss runs away the curve leaves the picture: what matters lies below. */
    private static final double HIGHEST = 1.3;

    private Found found;

    RatePlot() {
        setMinSize(160, 100);
        setPrefSize(400, 260);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    }

    void show(Found now) {
        found = now;
        setAccessibleText(now == null ? "" : RateWords.of(now));
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        List<Node> out = new ArrayList<>();
        if (found != null && found.curve().size() > 1) {
            draw(out);
        }
        getChildren().setAll(out);
    }

    private void draw(List<Node> out) {
        List<Point> curve = found.curve();
        double first = Math.log10(curve.get(0).lr());
        double last = Math.log10(curve.get(curve.size() - 1).lr());
        double wide = Math.max(20, getWidth() - LEFT - RIGHT);
        double high = Math.max(20, getHeight() - TOP - BOTTOM);
        double low = curve.stream().mapToDouble(Point::smoothed).min().orElseThrow();
        double begin = curve.get(0).smoothed();
        double most = Math.max(
                begin * 1.05,
                Math.min(curve.stream().mapToDouble(Point::smoothed).max().orElseThrow(), begin * HIGHEST));
        double least = Math.max(0, low - 0.1 * (most - low));
        for (int i = 0; i <= LINES; i++) {
            double y = TOP + high * i / LINES;
            out.add(styled(new Line(LEFT, y, LEFT + wide, y), i == LINES ? "plot-axis" : "plot-grid"));
            out.add(label(RateWords.loss(most - (most - least) * i / LINES), LEFT - 6, y + 4, 1));
        }
        for (int power = (int) Math.ceil(first); power <= last + 1e-9; power++) {
            double x = LEFT + wide * (power - first) / (last - first);
            out.add(styled(new Line(x, TOP + high, x, TOP + high + 4), "plot-axis"));
            out.add(label(TimelineView.rate(Math.pow(10, power)), x, TOP + high + 18, 0.5));
        }
        out.add(label(TrainViewModel.text("rate.across"), LEFT + wide, TOP + high + 32, 1));
        out.add(label(TrainViewModel.text("rate.up"), LEFT, TOP - 10, 0));
        Polyline line = styled(new Polyline(), "rate-curve");
        for (Point point : curve) {
            if (point.smoothed() <= most) {
                line.getPoints()
                        .addAll(
                                LEFT + wide * (Math.log10(point.lr()) - first) / (last - first),
                                TOP + high * (most - point.smoothed()) / (most - least));
            }
        }
        out.add(line);
        mark(out, found.suggestion(), first, last, wide, high, 0);
        mark(out, found.brisk(), first, last, wide, high, 14);
    }

    private void mark(List<Node> out, Double rate, double first, double last, double wide, double high, double down) {
        if (rate == null || rate <= 0) {
            return;
        }
        double x = LEFT + wide * (Math.log10(rate) - first) / (last - first);
        out.add(styled(new Line(x, TOP, x, TOP + high), "rate-mark"));
        out.add(label(TimelineView.rate(RateWords.rounded(rate)), x + 4, TOP + 10 + down, 0));
    }

    private static <T extends Node> T styled(T node, String style) {
        node.getStyleClass().add(style);
        return node;
    }

    /** @param share of its width that lies left of x */
    private static Text label(String words, double x, double y, double share) {
        Text text = styled(new Text(words), "plot-label");
        text.setX(x - share * text.getLayoutBounds().getWidth());
        text.setY(y);
        return text;
    }
}
