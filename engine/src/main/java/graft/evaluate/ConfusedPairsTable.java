package graft.evaluate;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The pairs of classes that are confused most often: a matrix of more than 20 classes cannot be read. */
final class ConfusedPairsTable {
    private static final int MOST_PAIRS = 25;
    private static final int ROW = 30;
    private static final int NAME = 260;
    private static final int BAR = 220;
    private static final int MARGIN = 24;
    private static final int HEAD = 110;
    private static final Color INK = new Color(0x2B3036);
    private static final Color FAINT = new Color(0x6B747D);
    private static final Color STRIPE = new Color(0xF5F6F7);
    private static final Color MISTAKE = new Color(0xC4540A);

    /** {@code count} examples of {@code truth} were called {@code predicted}; {@code of} examples of it there are. */
    private record Pair(String truth, String predicted, int count, int of) {}

    private final ClassEvaluation evaluation;
    private final List<Pair> pairs;

    ConfusedPairsTable(ClassEvaluation evaluation) {
        this.evaluation = evaluation;
        this.pairs = pairs(evaluation);
    }

    private static List<Pair> pairs(ClassEvaluation evaluation) {
        List<Pair> out = new ArrayList<>();
        int[][] confusion = evaluation.confusion();
        for (int row = 0; row < confusion.length; row++) {
            int of = IntStream.of(confusion[row]).sum();
            for (int column = 0; column < confusion.length; column++) {
                if (row != column && confusion[row][column] > 0) {
                    out.add(new Pair(
                            evaluation.classes().get(row),
                            evaluation.classes().get(column),
                            confusion[row][column],
                            of));
                }
            }
        }
        out.sort(Comparator.comparingInt(Pair::count).reversed());
        return out.subList(0, Math.min(MOST_PAIRS, out.size()));
    }

    BufferedImage draw() {
        int width = 2 * MARGIN + 2 * NAME + BAR + 150;
        int height = HEAD + Math.max(1, pairs.size()) * ROW + MARGIN;
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = Pictures.smooth(image);
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, width, height);
        g.setColor(INK);
        g.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 18));
        g.drawString("Accuracy " + evaluation.headline(), MARGIN, 38);
        g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
        g.setColor(FAINT);
        g.drawString(
                pairs.isEmpty()
                        ? "No mistakes in " + evaluation.classes().size() + " classes"
                        : "The most frequent mistakes among "
                                + evaluation.classes().size() + " classes; all counts are in confusion.csv",
                MARGIN,
                62);
        g.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 13));
        g.drawString("true", MARGIN + 8, HEAD - 12);
        g.drawString("predicted", MARGIN + NAME, HEAD - 12);
        g.drawString("count, share of the true class", MARGIN + 2 * NAME, HEAD - 12);
        for (int i = 0; i < pairs.size(); i++) {
            drawRow(g, pairs.get(i), i, width);
        }
        g.dispose();
        return image;
    }

    private void drawRow(Graphics2D g, Pair pair, int i, int width) {
        int y = HEAD + i * ROW;
        if (i % 2 == 0) {
            g.setColor(STRIPE);
            g.fillRect(MARGIN, y, width - 2 * MARGIN, ROW);
        }
        int baseline = y + 20;
        g.setColor(INK);
        g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
        g.drawString(Pictures.fitted(g, pair.truth(), NAME - 20), MARGIN + 8, baseline);
        g.drawString(Pictures.fitted(g, pair.predicted(), NAME - 20), MARGIN + NAME, baseline);
        double share = (double) pair.count() / pair.of();
        int bar = Math.max(2, (int) Math.round(BAR * share));
        g.setColor(MISTAKE);
        g.fillRect(MARGIN + 2 * NAME, y + 8, bar, ROW - 16);
        g.setColor(INK);
        g.drawString(pair.count() + "  ·  " + ConfusionHeatMap.percent(share), MARGIN + 2 * NAME + bar + 8, baseline);
    }
}
