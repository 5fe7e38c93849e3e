package graft.sample;

import graft.Refusal;
import graft.files.Home;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
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
        SampleFolder.make(folder, Sample::isThere, aside -> {
            draw(aside.resolve("train"), TRAIN, 0);
            draw(aside.resolve("val"), VAL, TRAIN);
        });
    }

    private static boolean isThere(Path folder) {
        return Files.isDirectory(folder.resolve("train")) && Files.isDirectory(folder.resolve("val"));
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
}
