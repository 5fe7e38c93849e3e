package graft.app.controls;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ResourceBundle;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.scene.text.Text;
import javafx.scene.text.TextAlignment;

/** The most confused pairs of classes as lines, in the place of a matrix that would have no room for its numbers. */
final class ConfusedPairs {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.controls");
    private static final int LONGEST_NAME = 13;
    private static final int SHORTEST_NAME = 4;
    private static final double MARGIN = 10;
    private static final double LINE = 22;
    private static final double TOP = 42;
    private static final double FONT = 12;

    /** @param row true class */
    record Pair(int row, int column, int count) {}

    /** A pair in a sentence. */
    @FunctionalInterface
    interface Words {
        String of(int row, int column);
    }

    private final List<String> names;
    private final List<Pair> pairs;

    /** @param counts [true][predicted] */
    ConfusedPairs(List<String> names, int[][] counts) {
        this.names = names;
        List<Pair> all = new ArrayList<>();
        for (int r = 0; r < counts.length; r++) {
            for (int c = 0; c < counts.length; c++) {
                if (r != c && counts[r][c] > 0) {
                    all.add(new Pair(r, c, counts[r][c]));
                }
            }
        }
        all.sort(Comparator.comparingInt(Pair::count).reversed());
        this.pairs = List.copyOf(all);
    }

    /**
     * The pair of a line; null where there is none.
     *
     * @param scale how large texts are, 1 = as usual
     */
    Pair at(double y, double scale) {
        int line = (int) Math.floor((y - TOP * scale) / (LINE * scale));
        return line < 0 || line >= pairs.size() ? null : pairs.get(line);
    }

    /** As many as have room. */
    void draw(GraphicsContext g, double width, double height, double scale, Words words) {
        double top = TOP * scale;
        double line = LINE * scale;
        g.setTextAlign(TextAlignment.LEFT);
        g.setFont(Font.font(null, FontWeight.BOLD, FONT * scale));
        g.fillText(TEXTS.getString("matrix.pairs"), MARGIN, top / 2);
        g.setFont(Font.font(FONT * scale));
        for (int i = 0; i < pairs.size() && top + (i + 1) * line <= height; i++) {
            draw(g, pairs.get(i), width - 2 * MARGIN, top + (i + 0.5) * line, words);
        }
        if (pairs.isEmpty()) {
            g.fillText(TEXTS.getString("matrix.pairs.none"), MARGIN, top + 0.5 * line);
        }
    }

    /** A sentence where it has room, else the names and the count alone. */
    private void draw(GraphicsContext g, Pair pair, double room, double y, Words words) {
        String whole = words.of(pair.row(), pair.column());
        if (width(whole, g) <= room) {
            g.fillText(whole, MARGIN, y);
            return;
        }
        String count = Counts.exact(pair.count());
        double left = room - width(count, g) - MARGIN;
        int letters = LONGEST_NAME;
        while (letters > SHORTEST_NAME && width(shortly(pair, letters), g) > left) {
            letters--;
        }
        g.fillText(shortly(pair, letters), MARGIN, y, left);
        g.setTextAlign(TextAlignment.RIGHT);
        g.fillText(count, room + MARGIN, y);
        g.setTextAlign(TextAlignment.LEFT);
    }

    private String shortly(Pair pair, int letters) {
        return both(names.get(pair.row()), letters) + " → " + both(names.get(pair.column()), letters);
    }

    /** Names often differ at their ends alone. */
    private static String both(String name, int letters) {
        int end = letters / 2;
        return name.length() <= letters
                ? name
                : name.substring(0, letters - 1 - end) + "…" + name.substring(name.length() - end);
    }

    private static double width(String words, GraphicsContext g) {
        Text text = new Text(words);
        text.setFont(g.getFont());
        return text.getLayoutBounds().getWidth();
    }
}
