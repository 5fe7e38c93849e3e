package graft.app;

import graft.app.look.Theme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.WritableImage;
import javafx.scene.transform.Scale;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.testfx.util.WaitForAsyncUtils;

/**
 * Pictures of what a window shows, for people to look at: {@code target/screens/NAME-THEME-SIZE.png}, laid out anew for each. A screen of 4K at twice the size is drawn as such a screen draws it: with two pixels for each unit.
 */
public final class Screenshots {
    private static final Path FOLDER = Path.of("target", "screens");
    private static final int WIDTH = 1920;
    private static final int HEIGHT = 1080;

    /** A window's size in units, and how many pixels a unit has. */
    public record Size(int width, int height, int pixels, double textSize) {
        public static final Size SMALL = new Size(1000, 650, 1, 1);
        public static final Size USUAL = new Size(1280, 800, 1, 1);
        public static final Size LARGE = new Size(1920, 1080, 1, 1);
        public static final Size FOUR_K = new Size(1920, 1080, 2, 1);
        public static final Size USUAL_LARGER_TEXTS = new Size(1280, 800, 1, 1.5);
        public static final Size USUAL_LARGEST_TEXTS = new Size(1280, 800, 1, 2);
        public static final Size SMALL_LARGER_TEXTS = new Size(1000, 650, 1, 1.5);
        /** What the settings do for those who want larger texts. */
        public static final Size LARGE_TEXTS = new Size(1920, 1080, 2, 2);

        @Override
        public String toString() {
            return width * pixels + "x" + height * pixels + (textSize == 1 ? "" : "-" + (int) (100 * textSize));
        }
    }

    private Screenshots() {}

    /** Takes one picture. Called off the FX thread. */
    public static Path take(Stage stage, String name, Theme theme, Size size) {
        Path file = FOLDER.resolve(name + "-" + theme.name().toLowerCase(Locale.ROOT) + "-" + size + ".png");
        WaitForAsyncUtils.waitForAsyncFx(10_000, () -> {
            theme.wear(size.textSize());
            if (stage.getWidth() < WIDTH || stage.getHeight() < HEIGHT) {
                stage.setWidth(WIDTH);
                stage.setHeight(HEIGHT);
            }
        });
        WaitForAsyncUtils.waitForFxEvents(3); // the scene follows its window at later pulses, and the root the scene
        WaitForAsyncUtils.waitForAsyncFx(10_000, () -> {
            // The window itself keeps its size: the headless screen may still be painting the one before.
            stage.getScene().getRoot().resize(size.width(), size.height());
        });
        WaitForAsyncUtils.waitForFxEvents(6); // what is folded for this size is laid out and styled at later pulses
        WritableImage picture = WaitForAsyncUtils.waitForAsyncFx(20_000, () -> draw(stage.getScene(), size));
        write(picture, file);
        return file;
    }

    private static void write(WritableImage picture, Path file) {
        try {
            Files.createDirectories(FOLDER);
            ImageIO.write(SwingFXUtils.fromFXImage(picture, null), "png", file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes one picture of a dialog as it stands. Called off the FX thread. */
    public static Path dialog(Scene scene, String name, Theme theme) {
        Path file = FOLDER.resolve(name + "-" + theme.name().toLowerCase(Locale.ROOT) + ".png");
        WritableImage picture = WaitForAsyncUtils.waitForAsyncFx(20_000, () -> scene.snapshot(null));
        write(picture, file);
        return file;
    }

    private static WritableImage draw(Scene scene, Size size) {
        SnapshotParameters parameters = new SnapshotParameters();
        parameters.setTransform(new Scale(size.pixels(), size.pixels()));
        return scene.getRoot()
                .snapshot(parameters, new WritableImage(size.width() * size.pixels(), size.height() * size.pixels()));
    }
}
