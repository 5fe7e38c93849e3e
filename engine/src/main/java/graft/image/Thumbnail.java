package graft.image;

import graft.Refusal;
import java.io.IOException;
import java.nio.file.Path;

/** Small copies of pictures, to look at. */
public final class Thumbnail {
    private Thumbnail() {}

    /**
     * A picture of the file whose longer side has {@code size} pixels, or fewer where the file has fewer.
     *
     * @throws Refusal where the file is no picture that can be read; its message ends with the reason
     */
    public static Picture of(Path file, int size) {
        try {
            Picture whole =
                    PictureReader.read(PictureContent.of(file), 2 * size).picture();
            double factor = Math.min(1, (double) size / Math.max(whole.width(), whole.height()));
            int width = Math.max(1, (int) Math.round(whole.width() * factor));
            int height = Math.max(1, (int) Math.round(whole.height() * factor));
            return Resampler.resize(whole, Resampler.Box.all(whole), width, height);
        } catch (IOException e) {
            throw new Refusal(file + " cannot be shown: " + e.getMessage() + ".", e);
        }
    }
}
