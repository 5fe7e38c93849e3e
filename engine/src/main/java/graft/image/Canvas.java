package graft.image;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** The area that the frames of an animation are drawn on. */
final class Canvas {
    private Canvas() {}

    /** The frame on a transparent canvas. */
    static Decoded place(Decoded frame, int left, int top, int width, int height) throws IOException {
        PictureReader.checkSize(width, height);
        int bands = frame.bands();
        byte[] pixels = new byte[width * height * bands];
        byte[] alpha = new byte[width * height];
        int shownWidth = Math.min(frame.width(), width - left);
        int shownHeight = Math.min(frame.height(), height - top);
        for (int y = 0; y < shownHeight; y++) {
            int to = (top + y) * width + left;
            System.arraycopy(frame.pixels(), y * frame.width() * bands, pixels, to * bands, shownWidth * bands);
            if (frame.alpha().isPresent()) {
                System.arraycopy(frame.alpha().get(), y * frame.width(), alpha, to, shownWidth);
            } else {
                Arrays.fill(alpha, to, to + shownWidth, (byte) -1);
            }
        }
        return new Decoded(width, height, bands, pixels, Optional.of(alpha), frame.premultiplied(), frame.highest());
    }
}
