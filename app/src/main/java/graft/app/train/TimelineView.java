package graft.app.train;

import graft.app.controls.Numbers;
import graft.app.train.Timeline.Bar;
import graft.run.PlanOptions;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.geometry.Orientation;
import javafx.scene.AccessibleRole;
import javafx.scene.Cursor;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;

/**
 * The timeline as bars: left end = when it thaws, label = its learning rate. A bar is dragged to the side to thaw at another time, or
 * up and down to learn faster or slower; with the keyboard the arrows do both.
 */
final class TimelineView extends Pane {
    private static final double LEAST_BAR = 16;
    private static final double GAP = 4;
    private static final double LEAST_NAMES = 84;
    private static final double MOST_NAMES = 200;
    private static final double RIGHT = 12;
    private static final double PIXELS_OF_A_RATE = 14;
    private static final int MOST_TICKS = 20;

    private final List<Region> tracks = new ArrayList<>();
    private final List<Label> names = new ArrayList<>();
    private final List<Label> bars = new ArrayList<>();
    private final List<Label> ticks = new ArrayList<>();
    private final Label later = new Label();
    private final Runnable grasped;
    private final Consumer<Timeline> moved;
    private boolean rateByTest;
    private Timeline timeline = new Timeline(List.of());
    private double pressedX;
    private double pressedY;
    private Timeline before = timeline;

    /**
     * @param grasped called before a bar is moved: what comes until the next time is one move
     * @param moved takes the user's own
     */
    TimelineView(Runnable grasped, Consumer<Timeline> moved) {
        this.grasped = grasped;
        this.moved = moved;
        setId("timeline");
        getStyleClass().add("timeline");
        later.getStyleClass().add("muted");
        later.setWrapText(true);
        setMinWidth(0);
        setAccessibleRole(AccessibleRole.PARENT);
    }

    /**
     * @param unknown why there are no bars; "" where there are
     * @param byTest whether a test will choose the rates, which are what it is expected to come near to
     */
    void show(Timeline now, String unknown, boolean byTest) {
        later.setText(unknown);
        later.setVisible(!unknown.isEmpty());
        rateByTest = byTest;
        boolean sameBars = now.bars().size() == timeline.bars().size() && now.leavesFrozen() == timeline.leavesFrozen();
        timeline = now;
        if (!sameBars || bars.isEmpty()) {
            build();
        }
        say();
        requestLayout();
    }

    private int rows() {
        return timeline.bars().size()
                + (timeline.leavesFrozen() && !timeline.bars().isEmpty() ? 1 : 0);
    }

    private void build() {
        getChildren().clear();
        tracks.clear();
        names.clear();
        bars.clear();
        ticks.clear();
        getChildren().add(later);
        for (int i = 0; i < rows(); i++) {
            Region track = new Region();
            track.getStyleClass().add("track");
            tracks.add(track);
            Label name = new Label();
            name.getStyleClass().addAll("muted", "small");
            names.add(name);
            Label bar = new Label();
            bar.getStyleClass().add(i < timeline.bars().size() ? "thawed" : "frozen");
            if (i < timeline.bars().size()) {
                int row = i;
                bar.setFocusTraversable(true);
                bar.setAccessibleRole(AccessibleRole.SLIDER);
                bar.setOnMousePressed(event -> pressed(event, bar));
                bar.setOnMouseDragged(event -> dragged(event, row));
                bar.setOnKeyPressed(event -> key(event, row));
                bar.setTooltip(new Tooltip());
            }
            bars.add(bar);
        }
        getChildren().addAll(tracks);
        getChildren().addAll(names);
        getChildren().addAll(bars);
    }

    private void say() {
        List<Bar> all = timeline.bars();
        for (int i = 0; i < bars.size(); i++) {
            Label label = bars.get(i);
            if (i == all.size()) {
                names.get(i).setText(TrainViewModel.text("timeline.below"));
                label.setText(TrainViewModel.text("timeline.frozen"));
                continue;
            }
            Bar bar = all.get(i);
            names.get(i).setText(name(bar));
            names.get(i).setTooltip(new Tooltip(bar.spec()));
            label.setText(rates(bar));
            label.setOpacity(1 - 0.5 * i / Math.max(1, all.size()));
            if (timeline.isAtOnce(bar)) {
                label.setCursor(Cursor.DEFAULT);
                label.setAccessibleText(name(bar) + ": " + label.getText());
                label.getTooltip().setText(TrainViewModel.text("timeline.at.once.says"));
                continue;
            }
            label.setCursor(timeline.isMovable(bar) ? Cursor.H_RESIZE : Cursor.V_RESIZE);
            String words = TrainViewModel.text("timeline.bar", name(bar), bar.start() + 1, rates(bar));
            label.setAccessibleText(words);
            label.getTooltip()
                    .setText(words + " "
                            + TrainViewModel.text(timeline.isMovable(bar) ? "timeline.bar.both" : "timeline.bar.rate"));
        }
    }

    /** "rate 0.01, × 0.8 with each block further down" */
    private String rates(Bar bar) {
        if (timeline.isAtOnce(bar)) {
            return TrainViewModel.text("timeline.at.once");
        }
        double decay = timeline.stages().get(bar.stage()).get(PlanOptions.LR_DECAY);
        String words = TrainViewModel.text(rateByTest ? "timeline.rate.test" : "timeline.rate", rate(bar.rate()));
        return decay == 1 || bar.spec().equals("head")
                ? words
                : TrainViewModel.text("timeline.rate.decay", words, rate(decay));
    }

    private static String name(Bar bar) {
        if (bar.spec().equals("head")) {
            return TrainViewModel.text("run.head");
        }
        if (bar.spec().equals("all")) {
            return TrainViewModel.text("timeline.all");
        }
        if (bar.spec().equals("bias")) {
            return TrainViewModel.text("run.bias");
        }
        if (bar.spec().startsWith("from:")) {
            return TrainViewModel.text("timeline.from", bar.spec().substring("from:".length()));
        }
        return bar.spec().startsWith("last:")
                ? TrainViewModel.text("run.top", bar.spec().substring(5))
                : bar.spec();
    }

    static String rate(double rate) {
        return Numbers.local(new BigDecimal(String.format(Locale.ROOT, "%.3g", rate))
                .stripTrailingZeros()
                .toPlainString());
    }

    // ---- moving

    private void pressed(MouseEvent event, Node bar) {
        bar.requestFocus();
        pressedX = event.getSceneX();
        pressedY = event.getSceneY();
        before = timeline;
        grasped.run();
        event.consume();
    }

    private void dragged(MouseEvent event, int row) {
        Bar bar = before.bars().get(row);
        double across = event.getSceneX() - pressedX;
        double up = pressedY - event.getSceneY();
        Timeline now = before;
        if (Math.abs(across) >= Math.abs(up)) {
            int epochs = (int) Math.round(across / epochWidth());
            now = before.thawing(bar, bar.start() + epochs);
        } else {
            double rate = bar.rate();
            for (int i = 0; i < Math.abs((int) (up / PIXELS_OF_A_RATE)); i++) {
                rate = Timeline.next(rate, up > 0);
            }
            now = before.learningAt(bar, rate);
        }
        if (!now.equals(timeline)) {
            moved.accept(now);
        }
        event.consume();
    }

    private void key(KeyEvent event, int row) {
        Bar bar = timeline.bars().get(row);
        Timeline now =
                switch (event.getCode()) {
                    case LEFT -> timeline.thawing(bar, bar.start() - 1);
                    case RIGHT -> timeline.thawing(bar, bar.start() + 1);
                    case UP -> timeline.learningAt(bar, Timeline.next(bar.rate(), true));
                    case DOWN -> timeline.learningAt(bar, Timeline.next(bar.rate(), false));
                    default -> null;
                };
        if (now != null) {
            event.consume();
            if (!now.equals(timeline)) {
                grasped.run();
                moved.accept(now);
            }
        }
    }

    // ---- places

    private double epochWidth() {
        return Math.max(1, getWidth() - namesWidth() - RIGHT) / Math.max(1, timeline.epochs());
    }

    /** Sizes follow that of the texts. */
    private double barHeight() {
        return names.isEmpty() ? LEAST_BAR : Math.max(LEAST_BAR, names.get(0).prefHeight(-1));
    }

    private double rowHeight() {
        return barHeight() + GAP;
    }

    private double namesWidth() {
        double widest =
                names.stream().mapToDouble(name -> name.prefWidth(-1)).max().orElse(0);
        return Math.min(MOST_NAMES, Math.max(LEAST_NAMES, widest + 8));
    }

    @Override
    public Orientation getContentBias() {
        return null;
    }

    @Override
    protected double computePrefHeight(double width) {
        return Math.max(2, rows()) * rowHeight() + barHeight();
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    @Override
    protected double computePrefWidth(double height) {
        return 400;
    }

    @Override
    protected void layoutChildren() {
        double left = namesWidth();
        double high = barHeight();
        double wide = Math.max(0, getWidth() - left - RIGHT);
        List<Bar> all = timeline.bars();
        for (int i = 0; i < bars.size(); i++) {
            double y = i * rowHeight();
            tracks.get(i).resizeRelocate(left, y, wide, high);
            names.get(i).resizeRelocate(0, y, left - 8, high);
            double from = i < all.size() ? all.get(i).start() * epochWidth() : 0;
            bars.get(i).resizeRelocate(left + from, y, Math.max(0, wide - from), high);
        }
        later.resizeRelocate(0, 0, getWidth(), 2 * rowHeight());
        layoutTicks(bars.size() * rowHeight() - 2);
    }

    private void layoutTicks(double y) {
        int epochs = timeline.bars().stream().allMatch(timeline::isAtOnce) ? 0 : timeline.epochs();
        int every = Math.max(1, (int) Math.ceil((double) epochs / MOST_TICKS));
        List<Integer> marks = new ArrayList<>();
        for (int epoch = 0; epoch <= epochs && epochs > 0; epoch += every) {
            marks.add(epoch);
        }
        while (ticks.size() < marks.size()) {
            Label tick = new Label();
            tick.getStyleClass().addAll("muted", "tick");
            ticks.add(tick);
            getChildren().add(tick);
        }
        for (int i = 0; i < ticks.size(); i++) {
            Label tick = ticks.get(i);
            tick.setVisible(i < marks.size());
            if (i < marks.size()) {
                tick.setText(Integer.toString(marks.get(i)));
                double width = tick.prefWidth(-1);
                tick.resizeRelocate(namesWidth() + marks.get(i) * epochWidth() - width / 2, y, width, barHeight());
            }
        }
    }
}
