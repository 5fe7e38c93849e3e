package graft.app.controls;

import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.ResourceBundle;
import java.util.function.BiConsumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.scene.text.TextAlignment;

/**
 * Rows are the true classes, columns the predicted ones; each cell has its count and its share of the row. What is right
 * (blue) and what is wrong (red) differ in hue, and only errors are framed when chosen. Over 20 classes the most confused
 * pairs are listed instead.
 */
public final class ConfusionMatrixView extends Region {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.controls");
    private static final int MOST_CLASSES = 20;
    private static final int LONGEST_NAME = 13;
    private static final double LETTER = 6.6;
    private static final double TOP = 46;
    private static final double MARGIN = 10;
    private static final double LINE = 22;
    private static final Color RIGHT_HUE = Color.web("#0969da");
    private static final Color WRONG_HUE = Color.web("#cf222e");

    /** @param row true class */
    private record Pair(int row, int column, int count) {}

    private final Canvas canvas = new Canvas();
    private final Tooltip tooltip = new Tooltip();
    private final BooleanProperty dark = new SimpleBooleanProperty(this, "dark");
    private List<String> names = List.of();
    private int[][] counts = new int[0][0];
    private List<Pair> pairs = List.of();
    private BiConsumer<Integer, Integer> onCell = (row, column) -> {};
    private int row;
    private int column;

    public ConfusionMatrixView() {
        canvas.setManaged(false); // the canvas follows this node's size; it must not decide it
        getChildren().add(canvas);
        setMinSize(120, 120);
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        Tooltip.install(canvas, tooltip);
        canvas.setOnMouseMoved(event -> {
            int[] cell = cellAt(event.getX(), event.getY());
            tooltip.setText(cell == null ? TEXTS.getString("matrix.tip") : words(cell[0], cell[1]));
        });
        canvas.setOnMouseClicked(event -> {
            requestFocus();
            int[] cell = cellAt(event.getX(), event.getY());
            if (cell != null) {
                choose(cell[0], cell[1]);
                onCell.accept(cell[0], cell[1]);
            }
        });
        setOnKeyPressed(this::move);
        focusedProperty().addListener((property, had, has) -> draw());
        dark.addListener((property, old, now) -> draw());
        canvas.widthProperty().bind(widthProperty());
        canvas.heightProperty().bind(heightProperty());
        widthProperty().addListener((property, old, now) -> draw());
        heightProperty().addListener((property, old, now) -> draw());
    }

    /** @param matrix counts, [true][predicted] */
    public void show(List<String> classes, int[][] matrix) {
        names = List.copyOf(classes);
        counts = matrix;
        pairs = mostConfused();
        row = Math.min(row, Math.max(0, matrix.length - 1));
        column = Math.min(column, Math.max(0, matrix.length - 1));
        draw();
        setAccessibleText(counts.length == 0 ? TEXTS.getString("matrix.none") : words(row, column));
    }

    /** Called with the row and the column of a cell that is clicked, or chosen with Enter. */
    public void setOnCell(BiConsumer<Integer, Integer> action) {
        onCell = action;
    }

    private List<Pair> mostConfused() {
        List<Pair> out = new ArrayList<>();
        for (int r = 0; r < counts.length; r++) {
            for (int c = 0; c < counts.length; c++) {
                if (r != c && counts[r][c] > 0) {
                    out.add(new Pair(r, c, counts[r][c]));
                }
            }
        }
        out.sort(Comparator.comparingInt(Pair::count).reversed());
        return out;
    }

    private boolean isList() {
        return counts.length > MOST_CLASSES;
    }

    private void move(KeyEvent event) {
        int last = counts.length - 1;
        switch (event.getCode()) {
            case UP -> choose(Math.max(0, row - 1), column);
            case DOWN -> choose(Math.min(last, row + 1), column);
            case LEFT -> choose(row, Math.max(0, column - 1));
            case RIGHT -> choose(row, Math.min(last, column + 1));
            case ENTER, SPACE -> onCell.accept(row, column);
            default -> {
                return;
            }
        }
        event.consume();
    }

    private void choose(int toRow, int toColumn) {
        if (counts.length == 0) {
            return;
        }
        row = toRow;
        column = toColumn;
        setAccessibleText(words(row, column));
        draw();
    }

    private String words(int r, int c) {
        int inRow = Arrays.stream(counts[r]).sum();
        return MessageFormat.format(
                TEXTS.getString("matrix.cell"), names.get(r), names.get(c), counts[r][c], share(counts[r][c], inRow));
    }

    private static long share(int count, int inRow) {
        return inRow == 0 ? 0 : Math.round(100.0 * count / inRow);
    }

    /** Where the columns begin: right of the names. */
    private double left() {
        int longest = names.stream().mapToInt(String::length).max().orElse(0);
        return Math.max(44, 10 + LETTER * Math.min(LONGEST_NAME, longest));
    }

    private double side() {
        double room = Math.min(getWidth() - left() - MARGIN, getHeight() - TOP - MARGIN);
        return Math.max(4, Math.min(160, room / Math.max(1, counts.length)));
    }

    /** Middle of a cell in this node's coordinates, for whoever clicks by program. */
    public double[] centreOf(int r, int c) {
        return new double[] {left() + (c + 0.5) * side(), TOP + (r + 0.5) * side()};
    }

    private int[] cellAt(double x, double y) {
        if (isList()) {
            int line = (int) Math.floor((y - TOP) / LINE);
            return line < 0 || line >= pairs.size()
                    ? null
                    : new int[] {pairs.get(line).row(), pairs.get(line).column()};
        }
        int c = (int) Math.floor((x - left()) / side());
        int r = (int) Math.floor((y - TOP) / side());
        return r < 0 || c < 0 || r >= counts.length || c >= counts.length ? null : new int[] {r, c};
    }

    private void draw() {
        GraphicsContext g = canvas.getGraphicsContext2D();
        g.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        g.setTextBaseline(VPos.CENTER);
        g.setFill(foreground());
        if (counts.length == 0) {
            g.setTextAlign(TextAlignment.CENTER);
            g.fillText(TEXTS.getString("matrix.none"), getWidth() / 2, getHeight() / 2);
        } else if (isList()) {
            drawPairs(g);
        } else {
            drawMatrix(g);
        }
    }

    private Color foreground() {
        return dark.get() ? Color.web("#c9d1d9") : Color.web("#24292f");
    }

    private void drawPairs(GraphicsContext g) {
        g.setTextAlign(TextAlignment.LEFT);
        g.setFont(Font.font(null, FontWeight.BOLD, 12));
        g.fillText(TEXTS.getString("matrix.pairs"), MARGIN, TOP / 2);
        g.setFont(Font.font(12));
        for (int i = 0; i < pairs.size() && TOP + i * LINE < getHeight(); i++) {
            g.fillText(words(pairs.get(i).row(), pairs.get(i).column()), MARGIN, TOP + (i + 0.5) * LINE);
        }
    }

    private void drawMatrix(GraphicsContext g) {
        double side = side();
        Color ground = dark.get() ? Color.web("#161b22") : Color.WHITE;
        for (int r = 0; r < counts.length; r++) {
            int inRow = Arrays.stream(counts[r]).sum();
            for (int c = 0; c < counts.length; c++) {
                double part = inRow == 0 ? 0 : (double) counts[r][c] / inRow;
                Color fill = ground.interpolate(r == c ? RIGHT_HUE : WRONG_HUE, part == 0 ? 0.04 : 0.15 + 0.85 * part);
                double x = left() + c * side;
                double y = TOP + r * side;
                g.setFill(fill);
                g.fillRect(x, y, side - 1, side - 1);
                g.setFill(part > 0.5 ? Color.WHITE : foreground());
                g.setTextAlign(TextAlignment.CENTER);
                if (side >= 34) {
                    g.setFont(Font.font(null, FontWeight.BOLD, 13));
                    g.fillText(Integer.toString(counts[r][c]), x + side / 2, y + side / 2 - 8, side - 4);
                    g.setFont(Font.font(10));
                    g.fillText(share(counts[r][c], inRow) + " %", x + side / 2, y + side / 2 + 8, side - 4);
                } else if (side >= 14) {
                    g.setFont(Font.font(10));
                    g.fillText(Integer.toString(counts[r][c]), x + side / 2, y + side / 2, side - 2);
                }
            }
        }
        drawNames(g, side);
        if (isFocused()) {
            g.setStroke(foreground());
            g.setLineWidth(2);
            g.strokeRect(left() + column * side, TOP + row * side, side - 1, side - 1);
        }
    }

    private void drawNames(GraphicsContext g, double side) {
        g.setFill(foreground());
        g.setFont(Font.font(11));
        double wide = counts.length * side;
        g.setTextAlign(TextAlignment.CENTER);
        g.fillText(TEXTS.getString("matrix.predicted"), left() + wide / 2, 10, wide);
        for (int i = 0; i < counts.length; i++) {
            g.setTextAlign(TextAlignment.RIGHT);
            g.fillText(shortened(names.get(i), LONGEST_NAME), left() - 6, TOP + (i + 0.5) * side);
            g.setTextAlign(TextAlignment.CENTER);
            g.fillText(shortened(names.get(i), (int) Math.max(2, side / 6)), left() + (i + 0.5) * side, TOP - 12);
        }
        g.setTextAlign(TextAlignment.LEFT);
        g.fillText(TEXTS.getString("matrix.true"), 4, TOP - 12);
    }

    private static String shortened(String name, int length) {
        return name.length() <= length ? name : name.substring(0, Math.max(1, length - 1)) + "…";
    }

    public BooleanProperty darkProperty() {
        return dark;
    }
}
