package graft.evaluate;

import graft.Refusal;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** Draws the results of a run as PNG files, and writes the confusion matrix as a table. */
public final class Pictures {
    private static final int MOST_CLASSES_IN_A_MATRIX = 20;

    private Pictures() {}

    /**
     * Loss and accuracy over the epochs, training and validation, best epoch marked.
     *
     * @throws Refusal where the machine has no fonts, or the file cannot be written
     */
    public static void curves(List<EpochScores> epochs, Path file) {
        checkFonts();
        write(new CurvesChart(epochs).draw(), file);
    }

    /**
     * The confusion matrix as a heat map; of more than 20 classes the most confused pairs.
     *
     * @throws Refusal where the machine has no fonts, or the file cannot be written
     */
    public static void confusion(Evaluation evaluation, Path file) {
        checkFonts();
        boolean matrix = evaluation.classes().size() <= MOST_CLASSES_IN_A_MATRIX;
        write(matrix ? new ConfusionHeatMap(evaluation).draw() : new ConfusedPairsTable(evaluation).draw(), file);
    }

    /** The confusion matrix as comma-separated values: a row per true class, a column per predicted class. */
    public static void confusionCsv(Evaluation evaluation, Path file) {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("true \\ predicted");
            for (String name : evaluation.classes()) {
                out.write("," + quoted(name));
            }
            out.write("\n");
            for (int c = 0; c < evaluation.confusion().length; c++) {
                out.write(quoted(evaluation.classes().get(c)));
                for (int count : evaluation.confusion()[c]) {
                    out.write("," + count);
                }
                out.write("\n");
            }
        } catch (IOException e) {
            throw notWritten(file, e);
        }
    }

    /** By RFC 4180. */
    private static String quoted(String text) {
        return text.matches("(?s).*[\",\r\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    private static void write(BufferedImage image, Path file) {
        try {
            if (!ImageIO.write(image, "png", file.toFile())) {
                throw new IllegalStateException("every Java platform writes PNG");
            }
        } catch (IOException e) {
            throw notWritten(file, e);
        }
    }

    private static Refusal notWritten(Path file, IOException e) {
        return new Refusal(
                file + " cannot be written (" + e.getMessage()
                        + "). Check that its folder exists, may be written to and has room.",
                e);
    }

    private static void checkFonts() {
        try {
            Graphics2D graphics = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB).createGraphics();
            graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 8));
            graphics.drawString("x", 0, 8);
            graphics.dispose();
        } catch (RuntimeException | LinkageError | InternalError e) {
            // Without fontconfig or any font Java fails in all of these ways, depending on what was tried before.
            throw new Refusal(
                    "This machine has no fonts, so no pictures can be drawn. On Debian and Ubuntu:"
                            + " apt-get install fontconfig fonts-dejavu-core",
                    e);
        }
    }

    static Graphics2D smooth(BufferedImage image) {
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        return graphics;
    }

    /** {@code text}, cut with "…" where it is wider than {@code width} pixels in the current font. */
    static String fitted(Graphics2D graphics, String text, int width) {
        if (graphics.getFontMetrics().stringWidth(text) <= width) {
            return text;
        }
        int length = text.length();
        while (length > 1 && graphics.getFontMetrics().stringWidth(text.substring(0, length) + "…") > width) {
            length--;
        }
        return text.substring(0, length) + "…";
    }
}
