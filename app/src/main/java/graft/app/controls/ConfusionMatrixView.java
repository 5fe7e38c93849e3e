package graft.app.controls;

import java.util.Arrays;
import java.util.List;
import java.util.ResourceBundle;
import java.util.function.BiConsumer;
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
import javafx.scene.text.Text;
import javafx.scene.text.TextAlignment;

/**
 * Rows are the true classes, columns the predicted ones; each cell has its count and its share of the row. What is right
 * (blue) and what is wrong (red) differ in hue, and only errors are framed when chosen. Over 20 classes, and where the cells
 * would have no room for their numbers, the most confused pairs are listed instead.
 */
public final class ConfusionMatrixView extends Region {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.controls");
    private static final int MOST_CLASSES = 20;
    private static final int LONGEST_NAME = 13;
    private static final double LETTER = 6.6;
    private static final double DIGIT = 6;
    /** Pixels of a line of the names where texts are as usual. */
    private static final double LEAST = 15;

    private static final double AXES = 18;
    private static final double NAMES = 24;
    private static final double MARGIN = 10;
    private static final double USUAL = 13;
    private static final double LOW = 190;
    private static final double UPRIGHT = -90;
    private static final double GAP = 4;
    private static final double TALLEST = 120;
    private static final double WIDEST = 170;

    private final Canvas canvas = new Canvas();
    private final Tooltip tooltip = new Tooltip();
    /** Painted with the palette's colours, which only what is styled knows: never seen, asked for their fill. */
    private final Text ink = swatch("swatch-text");

    private final Text muted = swatch("swatch-muted");
    private final Text right = swatch("swatch-right");
    private final Text rightSoft = swatch("swatch-right-soft");
    private final Text onRight = swatch("swatch-on-right");
    private final Text wrong = swatch("swatch-wrong");
    private final Text wrongSoft = swatch("swatch-wrong-soft");
    private final Text nothing = swatch("swatch-nothing");
    private List<String> names = List.of();
    private int[][] counts = new int[0][0];
    private ConfusedPairs pairs = new ConfusedPairs(List.of(), new int[0][0]);
    private BiConsumer<Integer, Integer> onCell = (row, column) -> {};
    private int row;
    private int column;

    public ConfusionMatrixView() {
        canvas.setManaged(false); // the canvas follows this node's size; it must not decide it
        getChildren().add(canvas);
        for (Text swatch : List.of(ink, muted, right, rightSoft, onRight, wrong, wrongSoft, nothing)) {
            getChildren().add(swatch);
            swatch.fillProperty().addListener((property, old, now) -> draw());
        }
        ink.fontProperty().addListener((property, old, now) -> draw());
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
        canvas.widthProperty().bind(widthProperty());
        canvas.heightProperty().bind(heightProperty());
        widthProperty().addListener((property, old, now) -> draw());
        heightProperty().addListener((property, old, now) -> draw());
    }

    /** @param matrix counts, [true][predicted] */
    public void show(List<String> classes, int[][] matrix) {
        names = List.copyOf(classes);
        counts = matrix;
        pairs = new ConfusedPairs(names, counts);
        row = Math.min(row, Math.max(0, matrix.length - 1));
        column = Math.min(column, Math.max(0, matrix.length - 1));
        draw();
        setAccessibleText(counts.length == 0 ? TEXTS.getString("matrix.none") : words(row, column));
    }

    /** Called with the row and the column of a cell that is clicked, or chosen with Enter. */
    public void setOnCell(BiConsumer<Integer, Integer> action) {
        onCell = action;
    }

    boolean isList() {
        return counts.length > MOST_CLASSES || counts.length > 0 && areCellsTooSmall();
    }

    /** For the count in the cell, or for the name beside the row or over the column. */
    private boolean areCellsTooSmall() {
        int largest = Arrays.stream(counts).flatMapToInt(Arrays::stream).max().orElse(0);
        double digits = DIGIT * Integer.toString(largest).length() + GAP;
        return tall() < LEAST * scale() || wide() < Math.max(LEAST, digits) * scale();
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
        return Numbers.message(
                TEXTS.getString("matrix.cell"), names.get(r), names.get(c), counts[r][c], share(counts[r][c], inRow));
    }

    private static long share(int count, int inRow) {
        return inRow == 0 ? 0 : Math.round(100.0 * count / inRow);
    }

    /** Where the columns begin: right of the names. */
    private double left() {
        return Math.max(44, 10 + longest());
    }

    /** Pixels of the longest name, as it is written. */
    private double longest() {
        int letters = names.stream().mapToInt(String::length).max().orElse(0);
        return letter() * Math.min(LONGEST_NAME, letters);
    }

    private double letter() {
        return LETTER * scale();
    }

    /** Texts are painted as large as those around. */
    private double scale() {
        return ink.getFont().getSize() / USUAL;
    }

    private Font font(double size) {
        return Font.font(size * scale());
    }

    private Font bold(double size) {
        return Font.font(null, FontWeight.BOLD, size * scale());
    }

    /** Names stand upright over columns that are narrower than they. */
    private boolean isUpright() {
        return longest() + 3 * letter() > room();
    }

    /** What rows and columns are, in as many lines as the width asks for; nothing where there is no room. */
    private List<String> axes() {
        if (getHeight() < LOW * scale()) {
            return List.of(); // the rows need the room; the tooltip says it too
        }
        String words = TEXTS.getString("matrix.axes");
        return 0.9 * letter() * words.length() < getWidth() ? List.of(words) : List.of(words.split(" · "));
    }

    /** Where the rows begin: under what is said of the columns. */
    private double top() {
        return isList() ? (AXES + NAMES) * scale() : topOfCells();
    }

    private double topOfCells() {
        double upright = isUpright() ? longest() + 10 : NAMES * scale();
        return AXES * scale() * axes().size() + upright;
    }

    private static Text swatch(String style) {
        Text out = new Text();
        out.getStyleClass().add(style);
        out.setManaged(false);
        out.setVisible(false);
        return out;
    }

    private static Color color(Text swatch) {
        return (Color) swatch.getFill();
    }

    private double wide() {
        return Math.max(4, Math.min(room(), Math.max(1.8 * tall(), isUpright() ? 0 : longest() + 3 * letter())));
    }

    /** As wide as a column can be. */
    private double room() {
        return Math.min(WIDEST, (getWidth() - left() - MARGIN) / Math.max(1, counts.length));
    }

    private double tall() {
        double room = (getHeight() - topOfCells() - MARGIN) / Math.max(1, counts.length);
        return Math.max(4, Math.min(room, TALLEST));
    }

    /** Middle of a cell in this node's coordinates, for whoever clicks by program. */
    public double[] centreOf(int r, int c) {
        return new double[] {left() + (c + 0.5) * wide(), top() + (r + 0.5) * tall()};
    }

    private int[] cellAt(double x, double y) {
        if (isList()) {
            ConfusedPairs.Pair pair = pairs.at(y, scale());
            return pair == null ? null : new int[] {pair.row(), pair.column()};
        }
        int c = (int) Math.floor((x - left()) / wide());
        int r = (int) Math.floor((y - top()) / tall());
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
            pairs.draw(g, getWidth(), getHeight(), scale(), this::words);
        } else {
            drawMatrix(g);
        }
    }

    private Color foreground() {
        return color(ink);
    }

    private void drawMatrix(GraphicsContext g) {
        double gap = Math.min(GAP, wide() / 8);
        for (int r = 0; r < counts.length; r++) {
            int inRow = Arrays.stream(counts[r]).sum();
            for (int c = 0; c < counts.length; c++) {
                double part = inRow == 0 ? 0 : (double) counts[r][c] / inRow;
                double x = left() + c * wide();
                double y = top() + r * tall();
                double corner = Math.min(10, wide() / 4);
                g.setFill(fill(r == c, part));
                g.fillRoundRect(x, y, wide() - gap, tall() - gap, corner, corner);
                g.setFill(inside(r == c, part));
                drawCount(g, counts[r][c], share(counts[r][c], inRow), x + (wide() - gap) / 2, y + (tall() - gap) / 2);
            }
        }
        drawNames(g);
        if (isFocused()) {
            g.setStroke(foreground());
            g.setLineWidth(2);
            g.strokeRect(left() + column * wide(), top() + row * tall(), wide() - gap, tall() - gap);
        }
    }

    private Color fill(boolean diagonal, double part) {
        if (part == 0) {
            return color(nothing);
        }
        return diagonal
                ? color(rightSoft).interpolate(color(right), part)
                : color(wrongSoft).interpolate(color(wrong), 0.8 * part);
    }

    private Color inside(boolean diagonal, double part) {
        if (part == 0) {
            return color(muted);
        }
        if (part > 0.5) {
            return color(onRight);
        }
        return diagonal ? foreground() : part > 0.25 ? foreground() : color(wrong);
    }

    private void drawCount(GraphicsContext g, int count, long share, double x, double y) {
        g.setTextAlign(TextAlignment.CENTER);
        double room = Math.min(wide(), 1.3 * tall()) / scale();
        if (room >= 44) {
            g.setFont(bold(Math.min(18, room / 4.2)));
            g.fillText(Integer.toString(count), x, y - 8 * scale(), wide() - 6);
            g.setFont(font(11));
            g.fillText(share + " %", x, y + 10 * scale(), wide() - 6);
        } else if (room >= 14) {
            g.setFont(font(10));
            g.fillText(Integer.toString(count), x, y, wide() - 2);
        }
    }

    private void drawNames(GraphicsContext g) {
        g.setFill(color(muted));
        g.setFont(font(12));
        for (int i = 0; i < counts.length; i++) {
            String name = shortened(names.get(i), LONGEST_NAME);
            g.setTextAlign(TextAlignment.RIGHT);
            g.fillText(name, left() - 8, top() + (i + 0.5) * tall());
            double x = left() + (i + 0.5) * wide() - GAP / 2;
            if (isUpright()) {
                g.save();
                g.translate(x, top() - 6);
                g.rotate(UPRIGHT);
                g.setTextAlign(TextAlignment.LEFT);
                g.fillText(name, 0, 0, longest() + 4);
                g.restore();
            } else {
                g.setTextAlign(TextAlignment.CENTER);
                g.fillText("→ " + name, x, top() - 12 * scale());
            }
        }
        g.setTextAlign(TextAlignment.LEFT);
        g.setFont(font(11));
        for (int i = 0; i < axes().size(); i++) {
            g.fillText(axes().get(i), 4, (8 + i * AXES * 0.8) * scale());
        }
    }

    private static String shortened(String name, int length) {
        return name.length() <= length ? name : name.substring(0, Math.max(1, length - 1)) + "…";
    }
}
