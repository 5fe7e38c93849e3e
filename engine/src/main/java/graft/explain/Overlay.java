package graft.explain;

import graft.evaluate.Pictures;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** An explanation as a picture: what the network sees, the same with the map over it, and a legend. */
public final class Overlay {
    /** Viridis of matplotlib (CC0): brightness alone tells more from less, so that colour-blind people and grey prints can. */
    private static final int[] COLOURS = {
        0x440154, 0x482878, 0x3e4989, 0x31688e, 0x26828e, 0x1f9e89, 0x35b779, 0x6ece58, 0xb5de2b, 0xfde725
    };

    private static final int LEAST_SIDE = 224;
    private static final int GAP = 12;
    private static final int LEGEND = 64;
    private static final double OPAQUE = 0.6;

    private Overlay() {}

    /**
     * Writes it as PNG.
     *
     * @throws graft.Refusal where the machine has no fonts, or the file cannot be written
     */
    public static void write(Explanation explanation, Path file) {
        Pictures.checkFonts();
        Pictures.write(draw(explanation), file);
    }

    private static BufferedImage draw(Explanation explanation) {
        int high = explanation.picture().height();
        int wide = explanation.picture().width();
        int times = Math.max(1, (LEAST_SIDE + Math.min(high, wide) - 1) / Math.min(high, wide));
        BufferedImage plain = plain(explanation);
        BufferedImage mapped = mapped(explanation);
        BufferedImage out = new BufferedImage(
                2 * times * wide + 3 * GAP, times * high + 2 * GAP + LEGEND, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = out.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, out.getWidth(), out.getHeight());
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        graphics.drawImage(plain, GAP, GAP, times * wide, times * high, null);
        graphics.drawImage(mapped, 2 * GAP + times * wide, GAP, times * wide, times * high, null);
        legend(explanation, graphics, out.getWidth(), times * high + 2 * GAP);
        graphics.dispose();
        return out;
    }

    private static BufferedImage plain(Explanation explanation) {
        Explanation.Seen seen = explanation.picture();
        BufferedImage out = new BufferedImage(seen.width(), seen.height(), BufferedImage.TYPE_INT_RGB);
        out.setRGB(0, 0, seen.width(), seen.height(), seen.rgb(), 0, seen.width());
        return out;
    }

    /** The picture as prepared, with the map over it, as large as the picture. */
    public static BufferedImage mapped(Explanation explanation) {
        BufferedImage out = plain(explanation);
        float[] map = explanation.scaled();
        for (int y = 0; y < out.getHeight(); y++) {
            for (int x = 0; x < out.getWidth(); x++) {
                double value = between(
                        map,
                        explanation.height(),
                        explanation.width(),
                        (y + 0.5) / out.getHeight() * explanation.height() - 0.5,
                        (x + 0.5) / out.getWidth() * explanation.width() - 0.5);
                out.setRGB(x, y, blended(out.getRGB(x, y), colour(value)));
            }
        }
        return out;
    }

    /** The same, as the bytes of a PNG file. */
    public static byte[] png(Explanation explanation) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(mapped(explanation), "png", out)) {
                throw new IllegalStateException("this Java writes no PNG");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // into memory
        }
        return out.toByteArray();
    }

    /** Bilinear. */
    private static double between(float[] map, int height, int width, double y, double x) {
        double row = Math.max(0, Math.min(height - 1.0, y));
        double column = Math.max(0, Math.min(width - 1.0, x));
        int top = (int) row;
        int left = (int) column;
        int bottom = Math.min(height - 1, top + 1);
        int right = Math.min(width - 1, left + 1);
        double down = row - top;
        double across = column - left;
        return (1 - down) * ((1 - across) * map[top * width + left] + across * map[top * width + right])
                + down * ((1 - across) * map[bottom * width + left] + across * map[bottom * width + right]);
    }

    private static int blended(int picture, int colour) {
        int out = 0;
        // In grey, so that no colour of the picture is taken for one of the map.
        int grey = (299 * (picture >> 16 & 255) + 587 * (picture >> 8 & 255) + 114 * (picture & 255)) / 1000;
        for (int shift = 16; shift >= 0; shift -= 8) {
            out |= (int) Math.round((1 - OPAQUE) * grey + OPAQUE * (colour >> shift & 255)) << shift;
        }
        return out;
    }

    /** @param value 0…1 */
    static int colour(double value) {
        double at = Math.max(0, Math.min(1, value)) * (COLOURS.length - 1);
        int low = Math.min(COLOURS.length - 2, (int) at);
        int out = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            double from = COLOURS[low] >> shift & 255;
            double to = COLOURS[low + 1] >> shift & 255;
            out |= (int) Math.round(from + (at - low) * (to - from)) << shift;
        }
        return out;
    }

    private static void legend(Explanation explanation, Graphics2D graphics, int width, int top) {
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
        graphics.setColor(Color.BLACK);
        graphics.drawString(
                Pictures.fitted(graphics, "What speaks for " + explanation.headline(), width - 2 * GAP), GAP, top + 13);
        String low = "nothing";
        String high = "most";
        int from = 2 * GAP + graphics.getFontMetrics().stringWidth(low);
        int to = width - 2 * GAP - graphics.getFontMetrics().stringWidth(high);
        graphics.drawString(low, GAP, top + 42);
        graphics.drawString(high, to + GAP, top + 42);
        for (int x = from; x < to; x++) {
            graphics.setColor(new Color(colour((x - from) / (double) (to - from))));
            graphics.drawLine(x, top + 30, x, top + 44);
        }
    }
}
