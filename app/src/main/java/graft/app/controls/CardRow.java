package graft.app.controls;

import java.util.Arrays;
import java.util.List;
import javafx.geometry.HPos;
import javafx.geometry.Insets;
import javafx.geometry.Orientation;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/**
 * Cards beside each other while each has the width that it needs to be read, its least one; where they have not, for a window is
 * small or its texts are large, one below the other. Cards that may grow ({@link HBox#setHgrow}) share what is left by the
 * widths they would like; below each other those that may ({@link VBox#setVgrow}) share the height.
 */
public final class CardRow extends Pane {
    private double spacing = 12;

    public double getSpacing() {
        return spacing;
    }

    public void setSpacing(double spacing) {
        this.spacing = spacing;
        requestLayout();
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    private double gaps(List<Node> cards) {
        return spacing * Math.max(0, cards.size() - 1);
    }

    private boolean isFolded(double width) {
        List<Node> cards = getManagedChildren();
        double least =
                cards.stream().mapToDouble(card -> Math.ceil(card.minWidth(-1))).sum();
        return least + gaps(cards) > width + 0.5;
    }

    /** Of one beside the other; each at least as wide as it must be. */
    private double[] widths(double width) {
        List<Node> cards = getManagedChildren();
        double[] least =
                cards.stream().mapToDouble(card -> Math.ceil(card.minWidth(-1))).toArray();
        double[] liked = cards.stream()
                .mapToDouble(card -> Math.ceil(card.prefWidth(-1)))
                .toArray();
        double left = width - gaps(cards);
        double growing = 0;
        double[] out = new double[least.length];
        for (int i = 0; i < out.length; i++) {
            if (HBox.getHgrow(cards.get(i)) == Priority.ALWAYS) {
                growing += liked[i];
            } else {
                out[i] = Math.max(least[i], liked[i]);
                left -= out[i];
            }
        }
        for (int i = 0; i < out.length; i++) {
            if (HBox.getHgrow(cards.get(i)) == Priority.ALWAYS) {
                out[i] = Math.min(most(cards.get(i)), Math.max(least[i], Math.floor(left * liked[i] / growing)));
            }
        }
        double over = Arrays.stream(out).sum() + gaps(cards) - width;
        for (int i = out.length - 1; i >= 0 && over < 0; i--) {
            double more =
                    HBox.getHgrow(cards.get(i)) == Priority.ALWAYS ? Math.min(-over, most(cards.get(i)) - out[i]) : 0;
            out[i] += more;
            over += more;
        }
        for (int i = out.length - 1; i >= 0 && over > 0; i--) {
            double given = Math.min(over, out[i] - least[i]);
            out[i] -= given;
            over -= given;
        }
        return out;
    }

    private static double most(Node card) {
        return Math.max(Math.ceil(card.minWidth(-1)), card.maxWidth(-1));
    }

    @Override
    protected double computeMinWidth(double height) {
        return getManagedChildren().stream()
                .mapToDouble(card -> Math.ceil(card.minWidth(-1)))
                .max()
                .orElse(0);
    }

    @Override
    protected double computePrefWidth(double height) {
        List<Node> cards = getManagedChildren();
        return cards.stream().mapToDouble(card -> Math.ceil(card.prefWidth(-1))).sum() + gaps(cards);
    }

    @Override
    protected double computeMinHeight(double width) {
        return height(width, true);
    }

    @Override
    protected double computePrefHeight(double width) {
        return height(width, false);
    }

    private double height(double given, boolean least) {
        List<Node> cards = getManagedChildren();
        double width = given < 0 ? computePrefWidth(-1) : given;
        if (isFolded(width)) {
            return cards.stream()
                            .mapToDouble(card -> least ? leastBelow(card, width) : likedBelow(card, width))
                            .sum()
                    + gaps(cards);
        }
        double[] widths = widths(width);
        double out = 0;
        for (int i = 0; i < widths.length; i++) {
            Node card = cards.get(i);
            out = Math.max(out, Math.ceil(least ? card.minHeight(widths[i]) : card.prefHeight(widths[i])));
        }
        return out;
    }

    /** What cannot grow keeps the height it would like. */
    private static double leastBelow(Node card, double width) {
        return VBox.getVgrow(card) == Priority.ALWAYS ? Math.ceil(card.minHeight(width)) : likedBelow(card, width);
    }

    private static double likedBelow(Node card, double width) {
        return Math.ceil(Math.max(card.minHeight(width), card.prefHeight(width)));
    }

    @Override
    protected void layoutChildren() {
        List<Node> cards = getManagedChildren();
        if (isFolded(getWidth())) {
            below(cards);
            return;
        }
        double[] widths = widths(getWidth());
        double x = 0;
        for (int i = 0; i < widths.length; i++) {
            put(cards.get(i), x, 0, widths[i], getHeight());
            x += widths[i] + spacing;
        }
    }

    private void below(List<Node> cards) {
        double[] heights =
                cards.stream().mapToDouble(card -> leastBelow(card, getWidth())).toArray();
        double left =
                Math.max(0, getHeight() - gaps(cards) - Arrays.stream(heights).sum());
        long growing = cards.stream()
                .filter(card -> VBox.getVgrow(card) == Priority.ALWAYS)
                .count();
        double y = 0;
        for (int i = 0; i < heights.length; i++) {
            double more = VBox.getVgrow(cards.get(i)) == Priority.ALWAYS ? Math.floor(left / growing) : 0;
            put(cards.get(i), 0, y, getWidth(), heights[i] + more);
            y += heights[i] + more + spacing;
        }
    }

    private void put(Node card, double x, double y, double width, double height) {
        layoutInArea(card, x, y, width, height, 0, Insets.EMPTY, true, true, HPos.LEFT, VPos.TOP);
    }
}
