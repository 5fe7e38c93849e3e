package graft.app.deploy;

import graft.app.controls.Numbers;
import graft.deploy.Deployment;
import graft.deploy.Deployment.Variant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import javafx.geometry.Bounds;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.layout.Region;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Line;
import javafx.scene.text.Font;
import javafx.scene.text.Text;

/** The forms by what they cost and what they are worth: to the right the time of an example, upwards the score; areas are sizes. */
final class FormsPlot extends Region {
    private static final double NARROW = 240;
    private static final double LEFT = 52;
    private static final double RIGHT = 28;
    private static final double TOP = 22;
    private static final double BOTTOM = 34;
    private static final double LARGEST = 14;
    private static final double SMALLEST = 5;
    private static final int TICKS = 3;
    /** Pixels of the axis' name, where texts are as large as usual. */
    private static final double USUAL = 12;

    private static final double TICK = 0.92;

    private final String across;
    private final Text axis = styled(new Text(), "plot-label");
    private List<Variant> forms = List.of();
    private boolean shares = true;

    /** @param across what is shown to the right, and by areas */
    FormsPlot(String across) {
        this.across = across;
        setMinSize(160, 120);
        setPrefSize(340, 220);
        getStyleClass().add("forms-plot");
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        axis.fontProperty().addListener((property, old, font) -> requestLayout());
        getChildren().add(axis);
    }

    /** What is around the plot holds texts, and grows with them. */
    private double scale() {
        return axis.getFont().getSize() / USUAL;
    }

    void show(Deployment deployment) {
        forms = deployment == null
                ? List.of()
                : deployment.variants().stream()
                        .filter(form -> form.score() != null && form.p50Ms() != null)
                        .sorted(Comparator.comparingLong(Variant::bytes).reversed()) // the small ones lie above
                        .toList();
        shares = forms.stream().allMatch(form -> form.score().share());
        setAccessibleText(String.join(
                "; ",
                forms.stream()
                        .map(form -> FormWords.name(form) + ": " + FormWords.score(form) + ", "
                                + FormWords.milliseconds(form.p50Ms()))
                        .toList()));
        requestLayout();
    }

    private double width() {
        return Math.max(20, getWidth() - (LEFT + RIGHT) * scale());
    }

    private double height() {
        return Math.max(20, getHeight() - (TOP + BOTTOM) * scale());
    }

    @Override
    protected void layoutChildren() {
        List<Node> out = new ArrayList<>(List.of(axis));
        axis.setText("");
        if (!forms.isEmpty()) {
            draw(out);
        }
        getChildren().setAll(out);
    }

    private void draw(List<Node> out) {
        double left = LEFT * scale();
        double top = TOP * scale();
        double least =
                forms.stream().mapToDouble(form -> form.score().value()).min().getAsDouble();
        double most =
                forms.stream().mapToDouble(form -> form.score().value()).max().getAsDouble();
        // Less than five points apart is no mountain range.
        double room = Math.max(most - least, shares ? 0.05 : Math.abs(most) * 0.05 + Double.MIN_NORMAL);
        double step = step(1.3 * room);
        double low = step * Math.floor((least - 0.1 * room) / step);
        double above = step * Math.ceil((most + 0.1 * room) / step);
        double high = shares ? Math.min(1, above) : above;
        double slowest = 1.1 * forms.stream().mapToDouble(Variant::p50Ms).max().getAsDouble();
        double largest = forms.stream().mapToLong(Variant::bytes).max().getAsLong();
        for (int i = 0; low + i * step <= high + step / 2; i++) {
            double value = low + i * step;
            double y = y(value, low, high);
            out.add(styled(new Line(left, y, left + width(), y), i == 0 ? "plot-axis" : "plot-grid"));
            Text tick = tick(Numbers.format(shares ? "%.0f %%" : "%.3g", shares ? 100 * value : value));
            tick.setX(left - 6 - tick.getLayoutBounds().getWidth());
            tick.setY(y + 4 * scale());
            out.add(tick);
        }
        double ms = step(0.7 * slowest);
        for (double at = 0; at <= slowest; at += ms) {
            Text below = tick(Numbers.format(ms < 1 ? "%.1f" : "%.0f", at));
            below.setX(left + at / slowest * width() - below.getLayoutBounds().getWidth() / 2);
            below.setY(top + height() + 14 * scale());
            out.add(below);
        }
        List<Bounds> taken = new ArrayList<>();
        List<Circle> marks = new ArrayList<>();
        for (Variant form : forms) {
            double radius = Math.max(SMALLEST, LARGEST * Math.sqrt(form.bytes() / largest));
            Circle mark = styled(
                    new Circle(
                            left + form.p50Ms() / slowest * width(),
                            y(form.score().value(), low, high),
                            radius),
                    "form-mark");
            mark.getStyleClass().add("form-" + form.standing().name().toLowerCase(Locale.ROOT));
            marks.add(mark);
            taken.add(mark.getBoundsInLocal());
        }
        out.addAll(marks);
        for (int i = 0; i < forms.size(); i++) {
            Text name = tick(FormWords.name(forms.get(i)));
            if (place(name, marks.get(i), taken)) {
                taken.add(name.getBoundsInLocal());
                out.add(name);
            }
        }
        axis.setText(
                getWidth() < NARROW * scale()
                        ? across.substring(0, across.indexOf('\u00b7')).strip() // what areas are is also in the table
                        : across);
        axis.setX(Math.max(0, left + width() - axis.getLayoutBounds().getWidth()));
        axis.setY(top + height() + 29 * scale());
    }

    private double y(double score, double low, double high) {
        return TOP * scale() + (1 - (score - low) / (high - low)) * height();
    }

    /** 1, 2 or 5 times a power of ten, of which about three make {@code span}. */
    private static double step(double span) {
        double rough = span / TICKS;
        double ten = Math.pow(10, Math.floor(Math.log10(rough)));
        double times = rough / ten;
        return ten * (times <= 1 ? 1 : times <= 2 ? 2 : times <= 5 ? 5 : 10);
    }

    /** Beside its mark, at the first place that nothing else takes; false where there is none: the table has all names. */
    private boolean place(Text name, Circle mark, List<Bounds> taken) {
        double words = name.getLayoutBounds().getWidth();
        double gap = mark.getRadius() + 4;
        double line = scale();
        double x = mark.getCenterX();
        double y = mark.getCenterY();
        double[][] places = {
            {x - words / 2, y - gap}, {x - words / 2, y + gap + 10 * line}, {x + gap, y + 4 * line},
            {x - gap - words, y + 4 * line}, {x - words / 2, y - gap - 14 * line}, {x - words / 2, y + gap + 24 * line},
            {x + gap, y - 12 * line}, {x + gap, y + 20 * line}
        };
        for (double[] at : places) {
            name.setX(Math.min(Math.max(LEFT * scale() + 2, at[0]), getWidth() - words - 2));
            name.setY(at[1]);
            Bounds wanted = name.getBoundsInLocal();
            if (wanted.getMinY() >= 0
                    && wanted.getMaxY() <= TOP * scale() + height()
                    && taken.stream().noneMatch(wanted::intersects)) {
                return true;
            }
        }
        return false;
    }

    private Text tick(String words) {
        Text out = styled(new Text(words), "plot-tick");
        out.setFont(Font.font(
                axis.getFont().getFamily(), TICK * axis.getFont().getSize())); // measured before it has its style
        return out;
    }

    private static <T extends Node> T styled(T node, String style) {
        node.getStyleClass().add(style);
        node.setMouseTransparent(true);
        node.setManaged(false);
        return node;
    }
}
