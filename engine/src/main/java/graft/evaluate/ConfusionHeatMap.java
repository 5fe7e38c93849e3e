package graft.evaluate;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Rows true, columns predicted; right answers in blue, mistakes in orange, darker the larger their share of the row. */
final class ConfusionHeatMap {
    private static final Color RIGHT = new Color(0x0B6E99);
    private static final Color MISTAKE = new Color(0xC4540A);
    private static final Color INK = new Color(0x2B3036);
    private static final Color EMPTY = new Color(0xF5F6F7);
    private static final int LONGEST_LABEL = 190;
    private static final int GAP = 2;
    private static final int MARGIN = 24;
    private static final int TITLE = 64;
    private static final int AXIS = 30;

    private final ClassEvaluation evaluation;
    private final int count;
    private final int cell;
    private final Font labelFont;

    ConfusionHeatMap(ClassEvaluation evaluation) {
        this.evaluation = evaluation;
        this.count = evaluation.classes().size();
        this.cell = Math.max(54, Math.min(120, 720 / count));
        this.labelFont = new Font(Font.SANS_SERIF, Font.PLAIN, cell >= 70 ? 15 : 13);
    }

    BufferedImage draw() {
        int label = labelWidth();
        boolean slanted = label > cell - 8;
        int top = TITLE + AXIS + (slanted ? label : 0) + 26;
        int left = MARGIN + AXIS + label + 10;
        int width = Math.max(left + count * cell + MARGIN, 520);
        BufferedImage image = new BufferedImage(width, top + count * cell + MARGIN, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = Pictures.smooth(image);
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, image.getWidth(), image.getHeight());
        g.setColor(INK);
        g.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 18));
        g.drawString("Accuracy " + evaluation.headline(), MARGIN, 38);
        drawAxes(g, left, top);
        drawLabels(g, left, top, label, slanted);
        for (int row = 0; row < count; row++) {
            int sum = IntStream.of(evaluation.confusion()[row]).sum();
            for (int column = 0; column < count; column++) {
                drawCell(g, row, column, left + column * cell, top + row * cell, sum);
            }
        }
        g.dispose();
        return image;
    }

    private int labelWidth() {
        Graphics2D g = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
        g.setFont(labelFont);
        List<String> names = evaluation.classes();
        int widest =
                names.stream().mapToInt(g.getFontMetrics()::stringWidth).max().getAsInt();
        g.dispose();
        return Math.min(LONGEST_LABEL, widest);
    }

    private void drawAxes(Graphics2D g, int left, int top) {
        g.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 14));
        g.drawString("predicted", left, TITLE + 12);
        AffineTransform upright = g.getTransform();
        int length = g.getFontMetrics().stringWidth("true");
        g.rotate(-Math.PI / 2, MARGIN + 10, top + length);
        g.drawString("true", MARGIN + 10, top + length);
        g.setTransform(upright);
    }

    private void drawLabels(Graphics2D g, int left, int top, int width, boolean upright) {
        g.setFont(labelFont);
        int half = g.getFontMetrics().getAscent() / 2 - 1;
        for (int i = 0; i < count; i++) {
            String name = Pictures.fitted(g, evaluation.classes().get(i), width);
            int length = g.getFontMetrics().stringWidth(name);
            int middle = i * cell + cell / 2;
            g.drawString(name, left - 10 - length, top + middle + half);
            if (upright) {
                AffineTransform before = g.getTransform();
                g.rotate(-Math.PI / 2, left + middle + half, top - 8);
                g.drawString(name, left + middle + half, top - 8);
                g.setTransform(before);
            } else {
                g.drawString(name, left + middle - length / 2, top - 10);
            }
        }
    }

    private void drawCell(Graphics2D g, int row, int column, int x, int y, int sum) {
        int number = evaluation.confusion()[row][column];
        double share = sum == 0 ? 0 : (double) number / sum;
        Color hue = row == column ? RIGHT : MISTAKE;
        g.setColor(number == 0 ? EMPTY : blend(hue, 0.12 + 0.88 * share));
        g.fillRoundRect(x + GAP / 2, y + GAP / 2, cell - GAP, cell - GAP, 6, 6);
        if (number == 0) {
            return;
        }
        g.setColor(share > 0.45 ? Color.WHITE : INK);
        g.setFont(new Font(Font.SANS_SERIF, Font.BOLD, cell >= 70 ? 17 : 14));
        centred(g, Integer.toString(number), x, y + cell / 2 - 1);
        g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, cell >= 70 ? 13 : 11));
        centred(g, percent(share), x, y + cell / 2 + (cell >= 70 ? 18 : 14));
    }

    private void centred(Graphics2D g, String text, int x, int baseline) {
        g.drawString(text, x + (cell - g.getFontMetrics().stringWidth(text)) / 2, baseline);
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, share > 0 && share < 0.1 ? "%.1f %%" : "%.0f %%", 100 * share);
    }

    private static Color blend(Color hue, double amount) {
        return new Color(
                (int) (255 + (hue.getRed() - 255) * amount), (int) (255 + (hue.getGreen() - 255) * amount), (int)
                        (255 + (hue.getBlue() - 255) * amount));
    }
}
