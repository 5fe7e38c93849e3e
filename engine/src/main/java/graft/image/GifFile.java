package graft.image;

import graft.data.Bytes;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** The first frame of a GIF: where it stands on the screen it was drawn for, and whether all its pixels are there. */
final class GifFile {
    private static final int EXTENSION = 0x21;
    private static final int IMAGE = 0x2c;
    private static final int END = 0x3b;
    private static final int MOST_CODES = 4096;

    private final byte[] file;
    private int left;
    private int top;
    private int width;
    private int height;
    private boolean more;

    private GifFile(byte[] file) {
        this.file = file;
    }

    /** @throws IOException where it is cut off before the end of the first frame, or is damaged */
    static GifFile of(byte[] file) throws IOException {
        GifFile gif = new GifFile(file);
        gif.read();
        return gif;
    }

    Tags tags() {
        return new Tags(Exif.UPRIGHT, Optional.empty(), more ? Set.of(PictureRemark.FIRST_FRAME) : Set.of());
    }

    /** The frame on the whole screen, what it leaves free transparent, as viewers show it. */
    Decoded onScreen(Decoded frame) throws IOException {
        int screenWidth = Bytes.little16(file, 6);
        int screenHeight = Bytes.little16(file, 8);
        if (screenWidth <= width && screenHeight <= height && left == 0 && top == 0) {
            return frame;
        }
        PictureReader.checkSize(Math.max(screenWidth, left + width), Math.max(screenHeight, top + height));
        return Canvas.place(
                frame, left, top, Math.max(screenWidth, left + width), Math.max(screenHeight, top + height));
    }

    private void read() throws IOException {
        int at = 13 + colours(Bytes.at(file, 10));
        boolean found = false;
        while (at < file.length) {
            int block = file[at] & 0xff;
            if (block == END) {
                break;
            } else if (block == EXTENSION) {
                at = behindBlocks(at + 2, found);
            } else if (block == IMAGE) {
                if (found) {
                    more = true;
                    return;
                }
                found = true;
                left = Bytes.little16(file, at + 1);
                top = Bytes.little16(file, at + 3);
                width = Bytes.little16(file, at + 5);
                height = Bytes.little16(file, at + 7);
                PictureReader.checkSize(width, height);
                int data = at + 10 + colours(Bytes.at(file, at + 9));
                at = behindBlocks(data + 1, false);
                checkPixels(data, at);
            } else {
                break; // what follows the pictures is of no interest
            }
        }
        if (!found) {
            throw new IOException(at >= file.length ? PictureReader.ENDS_EARLY : "it is a GIF without a picture");
        }
    }

    private static int colours(int flags) {
        return (flags & 0x80) == 0 ? 0 : 3 << (flags & 7) + 1;
    }

    private int behindBlocks(int from, boolean mayBeCut) throws IOException {
        int at = from;
        while (at < file.length && file[at] != 0) {
            at += 1 + (file[at] & 0xff);
        }
        if (at >= file.length && !mayBeCut) {
            throw new IOException(PictureReader.ENDS_EARLY);
        }
        return at + 1;
    }

    /** Goes through the codes (LZW as the GIF89a specification has it) and counts the pixels they stand for. */
    private void checkPixels(int data, int end) throws IOException {
        int least = Bytes.at(file, data);
        if (least < 1 || least > 11) {
            throw new IOException("it is damaged (its pixels cannot be unpacked)");
        }
        int clear = 1 << least;
        int[] lengths = new int[MOST_CODES];
        Arrays.fill(lengths, 0, clear, 1);
        int next = clear + 2;
        int size = least + 1;
        int before = -1;
        long pixels = 0;
        int bits = 0;
        int have = 0;
        for (int block = data + 1; block < end - 1; block += 1 + (file[block] & 0xff)) {
            for (int at = block + 1; at <= block + (file[block] & 0xff); at++) {
                bits |= (file[at] & 0xff) << have;
                have += 8;
                while (have >= size) {
                    int code = bits & (1 << size) - 1;
                    bits >>>= size;
                    have -= size;
                    if (code == clear) {
                        next = clear + 2;
                        size = least + 1;
                        before = -1;
                        continue;
                    }
                    if (code == clear + 1) {
                        requireAll(pixels);
                        return;
                    }
                    if (code > next || code == next && before < 0) {
                        throw new IOException("it is damaged (its pixels cannot be unpacked)");
                    }
                    if (before >= 0 && next < MOST_CODES) {
                        lengths[next++] = lengths[before] + 1;
                        if (next == 1 << size && size < 12) {
                            size++;
                        }
                    }
                    pixels += lengths[code];
                    before = code;
                }
            }
        }
        requireAll(pixels);
    }

    private void requireAll(long pixels) throws IOException {
        if (pixels < (long) width * height) {
            throw new IOException(PictureReader.ENDS_EARLY);
        }
    }
}
