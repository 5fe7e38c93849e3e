package graft.app.controls;

import java.util.List;
import java.util.ResourceBundle;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Line;
import javafx.util.Duration;
import org.jfree.chart.fx.ChartViewer;
import org.jfree.chart.plot.PlotRenderingInfo;

/**
 * Loss above accuracy over the same epochs: the loss of each step thin and smoothed thick, figures of whole epochs as dots.
 * The values at the pointer, else the last ones, are written above. The wheel zooms at the pointer, dragging moves, a double
 * click or the button shows all again.
 */
public final class CurvesView extends BorderPane {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.controls");
    private static final double STEP = 1.25;
    /** Pixels of the values' font where texts are as usual. */
    private static final double SMALL = 12;

    private final RunSeries run = new RunSeries();
    private final CurvesChart chart = new CurvesChart(run);
    private final ChartViewer viewer = new ChartViewer(chart.chart());
    private final Line crosshair = new Line();
    private final Label at = new Label();
    private final Label train = new Label();
    private final Label validation = new Label();
    private final Label target = new Label();
    private final Button showAll = new Button(TEXTS.getString("curves.all"));
    private final BooleanProperty shown = new SimpleBooleanProperty(this, "shown", true);
    private final FlowPane legend = new FlowPane(12, 2);
    private final Inks inks = new Inks(this::paint);
    private String nothing = TEXTS.getString("curves.none");
    private double draggedFrom;

    public CurvesView() {
        viewer.setMinSize(0, 0);
        setMinSize(0, 0);
        setCenter(new StackPane(viewer, glass()));
        getChildren().add(inks);
        setTop(header());
        setAccessibleRole(AccessibleRole.TEXT);
        shown.addListener((property, old, now) -> {
            if (now) {
                requestLayout();
                show();
            }
        });
        at.fontProperty().addListener((property, old, font) -> {
            chart.scale(font.getSize() / SMALL);
            show();
        });
        paint();
        sayLast();
    }

    /** Loads what the first drawing needs, so that it does not hold up the window; on any thread. */
    public static void prepare() {
        CurvesChart.prepare();
    }

    /** Over the chart, whose own mouse handlers would change axes without drawing. */
    private Pane glass() {
        crosshair.setVisible(false);
        crosshair.getStrokeDashArray().setAll(3.0, 3.0);
        crosshair.setMouseTransparent(true);
        Pane glass = new Pane(crosshair);
        glass.setId("curves-glass");
        glass.setPickOnBounds(true);
        glass.setOnScroll(this::scrolled);
        glass.setOnMouseMoved(event -> sayAt(event.getX()));
        glass.setOnMouseExited(event -> sayLast());
        glass.setOnMousePressed(event -> draggedFrom = event.getX());
        glass.setOnMouseDragged(this::dragged);
        glass.setOnMouseClicked(event -> {
            if (event.getClickCount() == 2) {
                showAll();
            }
        });
        Tooltip tip = new Tooltip(TEXTS.getString("curves.tip"));
        tip.setShowDelay(Duration.seconds(1.5));
        Tooltip.install(glass, tip);
        return glass;
    }

    private Region header() {
        Label title = new Label(TEXTS.getString("curves.title"));
        title.getStyleClass().add("card-title");
        title.setMinWidth(USE_PREF_SIZE);
        showAll.setId("curves-all");
        showAll.setOnAction(event -> showAll());
        showAll.setVisible(false);
        ToggleButton log = new ToggleButton(TEXTS.getString("curves.log"));
        log.setId("curves-log");
        log.setTooltip(new Tooltip(TEXTS.getString("curves.log.tip")));
        log.selectedProperty().addListener((property, old, on) -> {
            chart.setLogarithmic(on);
            paint();
        });
        HBox tools = new HBox(2, showAll, log, copy());
        for (Labeled tool : List.of(showAll, log)) {
            tool.getStyleClass().addAll("small", "flat");
            tool.setMinWidth(USE_PREF_SIZE);
        }
        tools.setAlignment(Pos.CENTER_RIGHT);
        at.setId("curve-values");
        at.getStyleClass().addAll("muted", "small");
        train.getStyleClass().addAll("small", "curve-training");
        validation.getStyleClass().addAll("small", "curve-validation");
        target.getStyleClass().addAll("small", "curve-target");
        target.setId("curve-target");
        for (Label values : List.of(train, validation, target)) {
            values.setMinWidth(USE_PREF_SIZE);
            values.managedProperty().bind(values.textProperty().isNotEmpty()); // else a gap stands in its place
        }
        legend.getChildren().addAll(train, validation, target, at);
        legend.setPrefWrapLength(100); // as wide as there is room; what has none goes to the next line
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox first = new HBox(8, title, gap, tools);
        first.setAlignment(Pos.CENTER_LEFT);
        VBox header = new VBox(2, first, legend);
        header.setMinWidth(0);
        header.setPadding(new Insets(0, 0, 6, 0)); // the topmost number of the axis reaches above it
        return header;
    }

    private MenuButton copy() {
        MenuItem picture = new MenuItem(TEXTS.getString("curves.copy.picture"));
        picture.setOnAction(event -> {
            ClipboardContent content = new ClipboardContent();
            content.putImage(viewer.snapshot(null, null));
            Clipboard.getSystemClipboard().setContent(content);
        });
        MenuItem table = new MenuItem(TEXTS.getString("curves.copy.csv"));
        table.setOnAction(event -> {
            ClipboardContent content = new ClipboardContent();
            content.putString(csv());
            Clipboard.getSystemClipboard().setContent(content);
        });
        MenuButton copy = new MenuButton(TEXTS.getString("curves.copy"), null, picture, table);
        copy.setId("curves-copy");
        copy.getStyleClass().addAll("small", "flat");
        copy.setMinWidth(USE_PREF_SIZE);
        return copy;
    }

    // ---- other runs

    /** Lays the curves of another run below these; its name in the legend takes it away again. */
    public void lay(String name, List<double[]> epochs) {
        takeAway(name);
        RunSeries other = new RunSeries();
        epochs.forEach(epoch -> other.addEpoch(epoch[0], Double.NaN, epoch[1], epoch[2]));
        chart.lay(name, other);
        Button away = new Button(Numbers.message(TEXTS.getString("curves.other"), name));
        away.setUserData(name);
        away.getStyleClass().addAll("small", "flat", "curve-other");
        away.setTooltip(new Tooltip(TEXTS.getString("curves.other.tip")));
        away.setOnAction(event -> takeAway(name));
        legend.getChildren().add(away);
        show();
    }

    /** Leaves this run alone. */
    public void takeAllAway() {
        legend.getChildren().stream()
                .map(Node::getUserData)
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .toList()
                .forEach(this::takeAway);
    }

    private void takeAway(String name) {
        legend.getChildren().removeIf(node -> name.equals(node.getUserData()));
        chart.takeAway(name);
        show();
    }

    /** The axis reaches to the end of what is planned; 0 = only as far as was measured. */
    public void plan(int epochs) {
        chart.plan(epochs);
    }

    /** What the lower plot shows, "accuracy". */
    public void name(String metric) {
        chart.name(metric);
    }

    // ---- what is shown; after any number of additions comes one show()

    /** Another run: what was zoomed in on is gone with the old one. */
    public void clear() {
        run.clear();
        chart.markBest(0, 0);
        chart.showAll();
    }

    /** @param x in epochs */
    public void addStep(double x, double stepLoss) {
        run.addStep(x, stepLoss);
    }

    /** @param epoch where it was measured, in epochs: 1 at the end of the first */
    public void addEpoch(double epoch, double trainAcc, double valueLoss, double valAcc) {
        run.addEpoch(epoch, trainAcc, valueLoss, valAcc);
    }

    /**
     * The score of another domain.
     *
     * @param epoch where it was measured, in epochs
     */
    public void addTarget(double epoch, double score) {
        run.addTarget(epoch, score);
    }

    /**
     * @param epoch 0 = none
     * @param place where it was measured, in epochs
     */
    public void markBest(int epoch, double place) {
        chart.markBest(epoch, place);
    }

    /** What is said while there are no curves. */
    public void sayNothing(String words) {
        nothing = words;
        if (run.isEmpty()) {
            sayLast();
        }
    }

    /** A new size is a new drawing. */
    @Override
    protected void layoutChildren() {
        if (shown.get()) {
            super.layoutChildren();
        }
    }

    /** Draws what was added, now or when it is next shown. */
    public void show() {
        showAll.setVisible(chart.isZoomed());
        if (!crosshair.isVisible()) {
            sayLast();
        }
        if (shown.get()) {
            chart.draw();
        }
    }

    // ---- zoom

    /** The epochs that are seen. */
    Span seen() {
        return chart.seen();
    }

    private void scrolled(ScrollEvent event) {
        if (event.getDeltaY() != 0 && !run.isEmpty()) {
            chart.zoom(event.getDeltaY() > 0 ? 1 / STEP : STEP, epochAt(event.getX()));
            show();
            sayAt(event.getX());
        }
        event.consume();
    }

    private void dragged(MouseEvent event) {
        chart.move(epochAt(draggedFrom) - epochAt(event.getX()));
        draggedFrom = event.getX();
        show();
    }

    private void showAll() {
        chart.showAll();
        show();
    }

    // ---- places

    /** Where curves are drawn, of the two plots; null before the first drawing. */
    private PlotRenderingInfo plots() {
        PlotRenderingInfo info = viewer.getRenderingInfo().getPlotInfo();
        return info.getSubplotCount() < 2 ? null : info;
    }

    private double epochAt(double x) {
        PlotRenderingInfo plots = plots();
        if (plots == null) {
            return seen().from();
        }
        var area = plots.getSubplotInfo(0).getDataArea();
        double share = Math.max(0, Math.min(1, (x - area.getX()) / area.getWidth()));
        return seen().from() + share * seen().length();
    }

    private void placeCrosshair(double epoch) {
        PlotRenderingInfo plots = plots();
        boolean visible = plots != null && seen().contains(epoch);
        crosshair.setVisible(visible);
        if (visible) {
            var upper = plots.getSubplotInfo(0).getDataArea();
            var lower = plots.getSubplotInfo(1).getDataArea();
            double x = upper.getX() + (epoch - seen().from()) / seen().length() * upper.getWidth();
            crosshair.setStartX(x);
            crosshair.setEndX(x);
            crosshair.setStartY(upper.getMinY());
            crosshair.setEndY(lower.getMaxY());
        }
    }

    // ---- words

    private void sayAt(double mouseX) {
        if (!run.isEmpty()) {
            RunSeries.At values = run.at(epochAt(mouseX));
            placeCrosshair(values.x());
            say(values);
        }
    }

    private void sayLast() {
        crosshair.setVisible(false);
        say(run.last());
    }

    private void say(RunSeries.At values) {
        if (run.isEmpty()) {
            at.setText(nothing);
            train.setText("");
            validation.setText("");
            target.setText("");
        } else {
            String x = Double.isFinite(values.x()) ? Numbers.format("%.2f", values.x()) : "–";
            at.setText(
                    values.step() == 0
                            ? TEXTS.getString("curves.last")
                            : Numbers.message(TEXTS.getString("curves.at"), x, values.step(), number(values.raw())));
            train.setText(Numbers.message(
                    TEXTS.getString("curves.train"), number(values.smooth()), score(values.trainAcc())));
            validation.setText(Numbers.message(
                    TEXTS.getString("curves.validation"), number(values.valLoss()), score(values.valAcc())));
            target.setText(
                    Double.isNaN(values.targetAcc())
                            ? ""
                            : Numbers.message(TEXTS.getString("curves.target"), score(values.targetAcc())));
        }
        setAccessibleText(String.join(" ", at.getText(), train.getText(), validation.getText(), target.getText())
                .stripTrailing());
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "–" : Numbers.format("%.3f", value);
    }

    /** Shares in percent. */
    private static String score(double value) {
        return value >= 0 && value <= 1 ? Numbers.percent(value) : number(value);
    }

    /** One line per epoch, then one per step. */
    public String csv() {
        return run.csv();
    }

    // ---- colours

    /** Whether it can be seen at all: what cannot is not drawn. */
    public BooleanProperty shownProperty() {
        return shown;
    }

    private void paint() {
        chart.paint(inks);
        crosshair.setStroke(inks.muted());
        show();
    }
}
