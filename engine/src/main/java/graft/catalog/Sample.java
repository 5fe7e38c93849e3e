package graft.catalog;

import graft.Refusal;
import graft.files.AtomicFile;
import graft.files.Home;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * The sample data: photographs of surfaces with a crack, a scratch, spots, a stain or nothing, drawn by Graft. A folder
 * with {@code train/<class>/*.png} and {@code val/<class>/*.png}; a seed gives the same pixels everywhere.
 */
public final class Sample {
    /** Pictures of each class to learn from. */
    public static final int TRAIN = 80;
    /** Pictures of each class to judge by. */
    public static final int VAL = 60;

    /** Height and width of the pictures. */
    static final int SIZE = 96;

    private static final long SEED = 1;

    private Sample() {}

    /**
     * The sample in {@code GRAFT_HOME/samples/surfaces}, drawn if it is not there; takes about two seconds then.
     *
     * @throws Refusal where it cannot be written
     */
    public static Path folder() {
        Path folder = Home.folder().resolve("samples").resolve("surfaces");
        drawInto(folder);
        return folder;
    }

    /**
     * Draws the sample as {@code folder}. A folder that holds it is left as it is; what was cut short is drawn again, for
     * the folder gets its name when it is complete.
     *
     * @throws Refusal where the folder holds something else, or cannot be written
     */
    public static void drawInto(Path folder) {
        if (isThere(folder)) {
            return;
        }
        try {
            if (Files.exists(folder) && !isEmpty(folder)) {
                throw new Refusal(
                        folder + " holds something other than the sample. Name a folder that does not exist.");
            }
            Path absolute = folder.toAbsolutePath();
            Files.createDirectories(absolute.getParent());
            Path aside = Files.createTempDirectory(absolute.getParent(), absolute.getFileName() + ".part");
            try {
                draw(aside.resolve("train"), TRAIN, 0);
                draw(aside.resolve("val"), VAL, TRAIN);
                // Another process may have drawn it meanwhile.
                if (!isThere(folder)) {
                    Files.deleteIfExists(folder);
                    Files.move(aside, folder, StandardCopyOption.ATOMIC_MOVE);
                }
            } finally {
                deleteAll(aside);
            }
        } catch (IOException e) {
            throw new Refusal(
                    "Cannot draw the sample into " + folder + ": " + AtomicFile.reason(e)
                            + ". Name a folder that you may write to, on a disk with room.",
                    e);
        }
    }

    private static boolean isThere(Path folder) {
        return Files.isDirectory(folder.resolve("train")) && Files.isDirectory(folder.resolve("val"));
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }

    private static void draw(Path part, int count, int first) throws IOException {
        for (SampleDefect defect : SampleDefect.values()) {
            Path folder = part.resolve(defect.name().toLowerCase(Locale.ROOT));
            Files.createDirectories(folder);
            for (int i = 0; i < count; i++) {
                Path file = folder.resolve(String.format(Locale.ROOT, "%03d.png", first + i));
                if (!ImageIO.write(picture(defect, first + i), "png", file.toFile())) {
                    throw new IllegalStateException("every Java platform writes PNG");
                }
            }
        }
    }

    /** The {@code index}-th picture of a defect. */
    static BufferedImage picture(SampleDefect defect, int index) {
        SplittableRandom random = new SplittableRandom((SEED * 1000 + defect.ordinal()) * 100_000 + index);
        SampleSurface surface = new SampleSurface(SIZE, random);
        defect.drawOn(surface);
        int[] pixels = surface.photograph(surface.between(0.005, 0.03));
        BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
        image.getRaster().setPixels(0, 0, SIZE, SIZE, pixels);
        return image;
    }

    private static void deleteAll(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> entries = Files.walk(folder)) {
            all = entries.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }
}
