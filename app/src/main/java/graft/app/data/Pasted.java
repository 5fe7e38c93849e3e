package graft.app.data;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.image.Image;
import javafx.scene.input.Clipboard;
import javax.imageio.ImageIO;

/** What lies on the clipboard, as examples: files where they lie; a picture, which lies nowhere, as a file of the project. */
final class Pasted {
    private Pasted() {}

    /** The files on the clipboard; none where there is something else. */
    static List<Path> files(Clipboard clipboard) {
        return clipboard.hasFiles()
                ? clipboard.getFiles().stream().map(File::toPath).toList()
                : List.of();
    }

    /** A picture on the clipboard; empty where there is none. */
    static Optional<DataViewModel.Brought> picture(Clipboard clipboard) {
        Image image = clipboard.hasImage() ? clipboard.getImage() : null;
        return Optional.ofNullable(image).map(found -> folder -> List.of(written(found, folder)));
    }

    private static Path written(Image image, Path folder) throws IOException {
        BufferedImage picture = SwingFXUtils.fromFXImage(image, null);
        Files.createDirectories(folder);
        int number = 1;
        while (Files.exists(folder.resolve("pasted-" + number + ".png"))) {
            number++;
        }
        Path file = folder.resolve("pasted-" + number + ".png");
        ImageIO.write(picture, "png", file.toFile());
        return file;
    }
}
