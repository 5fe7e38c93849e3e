package graft.app.controls;

import java.util.List;
import javafx.geometry.HPos;
import javafx.geometry.Insets;
import javafx.geometry.Orientation;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;

/**
 * The first row of a screen: what it is about at the left, what can be done at the right. Where both do not fit, words give way as
 * far as they can, and then what can be done goes on in rows of its own, so that no button is ever outside.
 *
 * <p>Children marked to grow ({@link HBox#setHgrow}) and those before them are words; those behind them are what can be done.
 */
public final class HeaderRow extends Pane {
    /** In widths of a letter. */
    private static final double READABLE = 7;

    private double spacing = 8;

    public HeaderRow() {
        setMinWidth(0);
    }

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

    private List<Node> shown() {
        return getManagedChildren();
    }

    /** The number of words among the children that are shown. */
    private int words() {
        List<Node> shown = shown();
        for (int i = 0; i < shown.size(); i++) {
            if (HBox.getHgrow(shown.get(i)) == Priority.ALWAYS) {
                return i + 1;
            }
        }
        return 0;
    }

    /** Words that can give way keep the room in which they are more than three letters and a dot. */
    private static double least(Node node) {
        double least = Math.ceil(node.minWidth(-1));
        return node instanceof Labeled words
                ? Math.max(
                        least,
                        Math.min(
                                Math.ceil(words.prefWidth(-1)),
                                READABLE * words.getFont().getSize()))
                : least;
    }

    private double width(List<Node> row, boolean least) {
        double out = spacing * Math.max(0, row.size() - 1);
        for (Node node : row) {
            out += least ? least(node) : Math.ceil(node.prefWidth(-1));
        }
        return out;
    }

    private static double height(List<Node> row) {
        return row.stream()
                .mapToDouble(node -> Math.ceil(node.prefHeight(-1)))
                .max()
                .orElse(0);
    }

    @Override
    protected double computePrefWidth(double height) {
        Insets insets = getInsets();
        return insets.getLeft() + width(shown(), false) + insets.getRight();
    }

    @Override
    protected double computePrefHeight(double width) {
        Insets insets = getInsets();
        double inner = (width < 0 ? prefWidth(-1) : width) - insets.getLeft() - insets.getRight();
        return insets.getTop() + arrange(inner, false) + insets.getBottom();
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    @Override
    protected void layoutChildren() {
        arrange(getWidth() - getInsets().getLeft() - getInsets().getRight(), true);
    }

    /** The height that everything takes; where asked for, everything is put there. */
    private double arrange(double width, boolean put) {
        List<Node> shown = shown();
        List<Node> words = shown.subList(0, words());
        List<Node> actions = shown.subList(words(), shown.size());
        double gap = words.isEmpty() || actions.isEmpty() ? 0 : spacing;
        double beside = width(words, true) + gap + width(actions, false);
        if (beside <= width + 0.5) {
            double high = height(shown);
            if (put) {
                row(words, true, 0, 0, width - gap - width(actions, false), high);
                row(actions, false, width - width(actions, false), 0, width(actions, false), high);
            }
            return high;
        }
        double y = height(words);
        if (put) {
            row(words, true, 0, 0, width, y);
        }
        for (int from = 0; from < actions.size(); ) {
            int to = from + 1;
            while (to < actions.size() && width(actions.subList(from, to + 1), false) <= width) {
                to++;
            }
            List<Node> row = actions.subList(from, to);
            y += y > 0 ? spacing : 0;
            if (put) {
                double wide = Math.min(width, width(row, false));
                row(row, false, width - wide, y, wide, height(row));
            }
            y += height(row);
            from = to;
        }
        return y;
    }

    /** One beside the other; those that can grow take what is left, and all give way in turn where it is too little. */
    private void row(List<Node> row, boolean words, double x, double y, double width, double height) {
        double[] wide =
                row.stream().mapToDouble(node -> Math.ceil(node.prefWidth(-1))).toArray();
        double left = width - spacing * Math.max(0, row.size() - 1);
        for (double each : wide) {
            left -= each;
        }
        for (int i = row.size() - 1; i >= 0; i--) {
            boolean grows = HBox.getHgrow(row.get(i)) == Priority.ALWAYS;
            if (left < 0) {
                double least = words ? least(row.get(i)) : Math.ceil(row.get(i).minWidth(-1));
                double given = Math.min(-left, Math.max(0, wide[i] - least));
                wide[i] -= given;
                left += given;
            } else if (grows) {
                wide[i] += left;
                left = 0;
            }
        }
        double at = getInsets().getLeft() + x;
        for (int i = 0; i < row.size(); i++) {
            layoutInArea(
                    row.get(i),
                    at,
                    getInsets().getTop() + y,
                    Math.max(0, wide[i]),
                    height,
                    0,
                    Insets.EMPTY,
                    true,
                    false,
                    HPos.LEFT,
                    VPos.CENTER);
            at += wide[i] + spacing;
        }
    }
}
