package graft.image;

import graft.data.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The chunks of a WebP file: whether they are whole, and what they say beside the pixels. */
final class WebpFile {
    private static final int FIRST_CHUNK = 12;
    private static final int MOST_ZEROS = 64;
    private static final int FRAME_HEADER = 16;

    private final byte[] file;
    private final Set<PictureRemark> remarks = EnumSet.noneOf(PictureRemark.class);
    private int orientation = Exif.UPRIGHT;
    private Optional<byte[]> profile = Optional.empty();
    private int canvasWidth;
    private int canvasHeight;
    private int frames;
    private int frameWidth;
    private int frameHeight;
    private int left;
    private int top;
    private byte[] pixels = new byte[0];
    private byte[] transparency = new byte[0];

    private WebpFile(byte[] file) {
        this.file = file;
    }

    /** @throws IOException where it is cut off: the decoder fills what is missing without a word */
    static WebpFile of(byte[] file) throws IOException {
        long promised = Bytes.little32(file, 4);
        if (file.length < 8 + promised) {
            throw new IOException(PictureReader.ENDS_EARLY);
        }
        WebpFile webp = new WebpFile(file);
        webp.walk(FIRST_CHUNK, file.length);
        return webp;
    }

    Tags tags() {
        if (endsInZeros()) {
            remarks.add(PictureRemark.ODD_DATA);
        }
        if (frames > 1) {
            remarks.add(PictureRemark.FIRST_FRAME);
        }
        return new Tags(orientation, profile, remarks);
    }

    /** Packed pixels are never zeros for long: where they are, a part of the file never arrived. */
    private boolean endsInZeros() {
        int zeros = 0;
        while (zeros < pixels.length && pixels[pixels.length - 1 - zeros] == 0) {
            zeros++;
        }
        return zeros >= MOST_ZEROS;
    }

    /** How many pixels it is said to have, which may be too few where there is one simple chunk. */
    long pixels() {
        return (long) canvasWidth * canvasHeight;
    }

    /** The first frame of an animation on its whole canvas, what it leaves free transparent, as viewers show it. */
    Decoded onCanvas(Decoded frame) throws IOException {
        boolean whole = frames == 0 || frame.width() == canvasWidth && frame.height() == canvasHeight;
        return whole ? frame : Canvas.place(frame, left, top, canvasWidth, canvasHeight);
    }

    /**
     * The first frame as a file that holds nothing else, for the decoder: it would apply profiles in its own way, and draw
     * no frame of an animation that is smaller than the canvas.
     */
    byte[] frame() throws IOException {
        if (pixels.length == 0) {
            throw new PictureException("it is a WebP file without a picture");
        }
        byte[] extended = transparency.length == 0 ? new byte[0] : extended();
        int length = 4 + extended.length + transparency.length + pixels.length;
        return ByteBuffer.allocate(8 + length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(ascii("RIFF"))
                .putInt(length)
                .put(ascii("WEBP"))
                .put(extended)
                .put(transparency)
                .put(pixels)
                .array();
    }

    /** The chunk that says that transparency comes apart from the pixels. */
    private byte[] extended() {
        int width = frameWidth - 1;
        int height = frameHeight - 1;
        return ByteBuffer.allocate(18)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(ascii("VP8X"))
                .putInt(10)
                .putInt(0x10)
                .putShort((short) width)
                .put((byte) (width >> 16))
                .putShort((short) height)
                .put((byte) (height >> 16))
                .array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** @param stop end of the file, or of the frame whose chunks these are */
    private void walk(int from, int stop) throws IOException {
        long at = from;
        while (at + 8 <= stop) {
            int chunk = (int) at;
            int body = chunk + 8;
            long length = Bytes.little32(file, chunk + 4);
            int end = (int) Math.min(stop, body + length);
            if (Bytes.begins(file, chunk, "VP8X")) {
                canvasWidth = Bytes.little24(file, body + 4) + 1;
                canvasHeight = Bytes.little24(file, body + 7) + 1;
                PictureReader.checkSize(canvasWidth, canvasHeight);
                frameWidth = canvasWidth;
                frameHeight = canvasHeight;
            } else if (Bytes.begins(file, chunk, "ANMF")) {
                if (frames++ == 0) {
                    left = 2 * Bytes.little24(file, body);
                    top = 2 * Bytes.little24(file, body + 3);
                    frameWidth = Bytes.little24(file, body + 6) + 1;
                    frameHeight = Bytes.little24(file, body + 9) + 1;
                    walk(body + FRAME_HEADER, end);
                }
            } else if (Bytes.begins(file, chunk, "VP8 ") || Bytes.begins(file, chunk, "VP8L")) {
                if (pixels.length == 0) {
                    pixels = chunk(chunk, end);
                    measure(chunk);
                }
            } else if (Bytes.begins(file, chunk, "ALPH")) {
                if (transparency.length == 0) {
                    transparency = chunk(chunk, end);
                }
            } else if (Bytes.begins(file, chunk, "EXIF")) {
                orientation = Exif.of(file, body, end - body).orientation();
            } else if (Bytes.begins(file, chunk, "ICCP")) {
                profile = Optional.of(Arrays.copyOfRange(file, body, end));
            }
            at = body + length + (length & 1);
        }
    }

    private void measure(int chunk) throws IOException {
        long lossless = Bytes.little32(file, chunk + 9);
        boolean isLossless = Bytes.begins(file, chunk, "VP8L");
        long width = isLossless ? (lossless & 0x3fff) + 1 : Bytes.little16(file, chunk + 14) & 0x3fff;
        long height = isLossless ? (lossless >> 14 & 0x3fff) + 1 : Bytes.little16(file, chunk + 16) & 0x3fff;
        PictureReader.checkSize(width, height);
        canvasWidth = Math.max(canvasWidth, (int) width);
        canvasHeight = Math.max(canvasHeight, (int) height);
    }

    /** With the byte that makes its length even. */
    private byte[] chunk(int from, int end) {
        byte[] out = Arrays.copyOfRange(file, from, end + (end - from & 1));
        if (out.length > end - from) {
            out[out.length - 1] = 0;
        }
        return out;
    }
}
