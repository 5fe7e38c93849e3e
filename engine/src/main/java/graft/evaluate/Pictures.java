package graft.evaluate;

import graft.Refusal;
import graft.files.AtomicFile;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;

/** Draws the results of a run as PNG files, and writes the confusion matrix as a table. */
public final class Pictures {
    private static final int MOST_CLASSES_IN_A_MATRIX = 20;
    private static final String CORNER = "true \\ predicted";
    private static final String COUNTS =
            "class,threshold,true_positives,false_positives,false_negatives,true_negatives";
    private static final String SOFTWARE = "Graft";
    private static final int BEGINNING = 1024;

    private Pictures() {}

    /**
     * Loss and score over the epochs, training and validation, best epoch marked.
     *
     * @param metric what the score is: {@code accuracy} is drawn in per cent
     * @param best number of the epoch that is kept
     * @throws Refusal where the machine has no fonts, or the file cannot be written
     */
    public static void curves(List<EpochScores> epochs, String metric, int best, Path file) {
        checkFonts();
        write(new CurvesChart(epochs, metric, best).draw(), file);
    }

    /**
     * The confusion matrix as a heat map; of more than 20 classes the most confused pairs.
     *
     * @throws Refusal where the machine has no fonts, or the file cannot be written
     */
    public static void confusion(ClassEvaluation evaluation, Path file) {
        checkFonts();
        boolean matrix = evaluation.classes().size() <= MOST_CLASSES_IN_A_MATRIX;
        write(matrix ? new ConfusionHeatMap(evaluation).draw() : new ConfusedPairsTable(evaluation).draw(), file);
    }

    /** The confusion matrix as comma-separated values: a row per true class, a column per predicted class. */
    public static void confusionCsv(ClassEvaluation evaluation, Path file) {
        StringBuilder out = new StringBuilder(CORNER);
        evaluation.classes().forEach(name -> out.append(',').append(quoted(name)));
        out.append('\n');
        for (int c = 0; c < evaluation.confusion().length; c++) {
            out.append(quoted(evaluation.classes().get(c)));
            for (int count : evaluation.confusion()[c]) {
                out.append(',').append(count);
            }
            out.append('\n');
        }
        AtomicFile.write(file, to -> to.write(out.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /** What ROC and precision-recall curves are drawn from, as comma-separated values: counts of each class at each threshold. */
    public static void curvesCsv(List<ThresholdCurve> curves, Path file) {
        StringBuilder out = new StringBuilder(COUNTS + "\n");
        for (ThresholdCurve curve : curves) {
            for (ThresholdCurve.Point point : curve.points()) {
                out.append(quoted(curve.name()))
                        .append(',')
                        .append((float) point.threshold())
                        .append(',')
                        .append(point.hits())
                        .append(',')
                        .append(point.alarms())
                        .append(',')
                        .append(curve.positives() - point.hits())
                        .append(',')
                        .append(curve.negatives() - point.alarms())
                        .append('\n');
            }
        }
        AtomicFile.write(file, to -> to.write(out.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /** Whether a file is one that this class wrote, so that it may be written again. */
    public static boolean isOurs(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] beginning = in.readNBytes(BEGINNING);
            String text = new String(beginning, StandardCharsets.ISO_8859_1);
            return text.startsWith(CORNER)
                    || text.startsWith(COUNTS)
                    || text.startsWith("\u0089PNG") && text.contains("Software\0" + SOFTWARE);
        } catch (IOException e) {
            throw new Refusal("Cannot read " + file + ": " + AtomicFile.reason(e) + ".", e);
        }
    }

    /** By RFC 4180. */
    private static String quoted(String text) {
        return text.matches("(?s).*[\",\r\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    /**
     * A picture that somebody else drew, as a file that {@link #isOurs} knows again.
     *
     * @throws Refusal where the file cannot be written
     */
    public static void write(BufferedImage image, Path file) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(png)) {
            IIOMetadata notes = writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), null);
            notes.mergeTree("javax_imageio_png_1.0", software());
            writer.setOutput(out);
            writer.write(new IIOImage(image, null, notes));
        } catch (IOException e) {
            throw new UncheckedIOException("a picture is drawn into memory", e);
        } finally {
            writer.dispose();
        }
        AtomicFile.write(file, to -> png.writeTo(to));
    }

    private static IIOMetadataNode software() {
        IIOMetadataNode entry = new IIOMetadataNode("tEXtEntry");
        entry.setAttribute("keyword", "Software");
        entry.setAttribute("value", SOFTWARE);
        IIOMetadataNode text = new IIOMetadataNode("tEXt");
        text.appendChild(entry);
        IIOMetadataNode root = new IIOMetadataNode("javax_imageio_png_1.0");
        root.appendChild(text);
        return root;
    }

    /** @throws Refusal where the machine has no fonts */
    public static void checkFonts() {
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
    public static String fitted(Graphics2D graphics, String text, int width) {
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
