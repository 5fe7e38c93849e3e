package graft.app.data;

import graft.Refusal;
import graft.image.Picture;
import graft.image.Thumbnail;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import javafx.scene.image.Image;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;

/** Pictures as the screen shows them, read by the engine: every format that can be learned from can be looked at. */
public final class PictureImages {
    private PictureImages() {}

    /** @return null where the file cannot be read, which the Data screen lists with its reason */
    public static Image small(Path file, int size) {
        Picture picture;
        try {
            picture = Thumbnail.of(file, size);
        } catch (Refusal listedAmongTheSkippedFiles) {
            return null;
        }
        return of(picture);
    }

    /** The same picture as the screen has it. */
    public static Image of(Picture picture) {
        WritableImage image = new WritableImage(picture.width(), picture.height());
        byte[] rgb = picture.bands() == 3 ? picture.pixels() : repeated(picture.pixels());
        image.getPixelWriter()
                .setPixels(
                        0,
                        0,
                        picture.width(),
                        picture.height(),
                        PixelFormat.getByteRgbInstance(),
                        ByteBuffer.wrap(rgb),
                        3 * picture.width());
        return image;
    }

    private static byte[] repeated(byte[] grey) {
        byte[] out = new byte[3 * grey.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = grey[i / 3];
        }
        return out;
    }
}
