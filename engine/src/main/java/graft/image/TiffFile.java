package graft.image;

import graft.data.Bytes;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.util.Set;
import java.util.stream.LongStream;

/** The first directory of a TIFF file: whether its pixels are there, and what it says beside them. */
final class TiffFile {
    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int BITS = 258;
    private static final int COMPRESSION = 259;
    private static final int PHOTOMETRIC = 262;
    private static final int STRIP_OFFSETS = 273;
    private static final int SAMPLES = 277;
    private static final int ROWS_PER_STRIP = 278;
    private static final int STRIP_BYTES = 279;
    private static final int PLANAR = 284;
    private static final int COLOR_MAP = 320;
    private static final int TILE_OFFSETS = 324;
    private static final int TILE_BYTES = 325;
    private static final int EXTRA_SAMPLES = 338;
    private static final int SAMPLE_FORMAT = 339;
    private static final int DNG_VERSION = 0xc612;
    private static final int LZW = 5;
    private static final int OLD_JPEG = 6;
    private static final int JPEG = 7;
    private static final int INKS = 5;
    private static final int SIGNED = 2;
    private static final int FLOATING = 3;
    private static final int UNSPECIFIED = 0;
    private static final String SAVE_AGAIN = ", which is not read; save it again as JPEG or PNG";

    private final byte[] file;
    private final Exif directory;

    private TiffFile(byte[] file) {
        this.file = file;
        this.directory = Exif.of(file, 0, file.length);
    }

    /** @throws IOException where pixels are missing: the decoder leaves some of them black without a word */
    static Tags tags(byte[] file) throws IOException {
        TiffFile tiff = new TiffFile(file);
        if (tiff.directory.numbers(DNG_VERSION).length > 0) {
            throw new PictureException("it is a camera raw file (DNG), which is not read; convert it to JPEG or PNG");
        }
        tiff.checkMeaning();
        tiff.checkReach(STRIP_OFFSETS, STRIP_BYTES);
        tiff.checkReach(TILE_OFFSETS, TILE_BYTES);
        if (tiff.first(COMPRESSION, 1) == LZW) {
            tiff.checkStrips();
        }
        return new Tags(
                tiff.directory.orientation(),
                tiff.directory.profile(),
                tiff.directory.isFollowed() ? Set.of(PictureRemark.FIRST_FRAME) : Set.of());
    }

    /** Whether samples beside the colours are said to be something else than transparency: infrared, say. */
    static boolean hasOtherBand(byte[] file) {
        return new TiffFile(file).first(EXTRA_SAMPLES, -1) == UNSPECIFIED;
    }

    /**
     * The picture with the colours of its palette. They have 16 bits in the file, whatever the picture has: the high byte
     * counts, as everywhere, where the JDK's reader is one too dark. Old programs wrote 8 bits.
     */
    static BufferedImage coloured(byte[] file, BufferedImage image) {
        long[] map = new TiffFile(file).directory.numbers(COLOR_MAP);
        if (!(image.getColorModel() instanceof IndexColorModel decoded) || map.length != 3 * decoded.getMapSize()) {
            return image;
        }
        int shift = LongStream.of(map).allMatch(value -> value < 256) ? 0 : 8;
        int size = map.length / 3;
        byte[][] colours = new byte[3][size];
        for (int i = 0; i < map.length; i++) {
            colours[i / size][i % size] = (byte) (map[i] >> shift);
        }
        IndexColorModel palette = new IndexColorModel(decoded.getPixelSize(), size, colours[0], colours[1], colours[2]);
        return new BufferedImage(palette, image.getRaster(), false, null);
    }

    /** The decoder takes what it does not know for red, green and blue from 0 to 255. */
    private void checkMeaning() throws IOException {
        long bits = first(BITS, 1);
        long samples = first(SAMPLES, 1);
        long meaning = first(PHOTOMETRIC, -1);
        String odd =
                switch ((int) meaning) {
                    case -1, 0, 1, 2, 3, 4, INKS, 6 -> "";
                    case 8, 9, 10 -> "it is a TIFF in Lab colours";
                    case 32844, 32845 -> "it is a TIFF of logarithmic light (LogLuv)";
                    case 32803, 34892 -> "it is a TIFF as a camera's sensor saw it";
                    default -> "it is a TIFF of a rare kind of colours (" + meaning + ")";
                };
        if (meaning == INKS && (bits != 8 || samples != 4)) {
            odd = "it is a TIFF of inks with " + samples + " samples of " + bits + " bits";
        }
        long compression = first(COMPRESSION, 1);
        if (samples > 3 && (compression == JPEG || compression == OLD_JPEG)) {
            odd = "it is a TIFF with " + samples + " samples per pixel packed as JPEG";
        }
        for (long format : directory.numbers(SAMPLE_FORMAT)) {
            if (format == FLOATING) {
                throw new PictureException(
                        "it is a TIFF of floating-point numbers, and which of them is black and which"
                                + " white no rule says; save it with 8 or 16 bits per value, or give the numbers themselves as a"
                                + " .npz file");
            }
            if (format != 1 && format != 4) {
                odd = "it is a TIFF of " + (format == SIGNED ? "signed" : "complex") + " numbers";
            }
        }
        if (bits > 16) {
            throw new PictureException("it is a TIFF of " + bits + " bits per value; save it with 8 or 16, or give the"
                    + " numbers themselves as a .npz file");
        }
        if (!odd.isEmpty()) {
            throw new PictureException(odd + SAVE_AGAIN);
        }
    }

    private long first(int tag, long absent) {
        long[] numbers = directory.numbers(tag);
        return numbers.length == 0 ? absent : numbers[0];
    }

    private void checkReach(int offsets, int lengths) throws IOException {
        long[] from = directory.numbers(offsets);
        long[] bytes = directory.numbers(lengths);
        for (int i = 0; i < from.length; i++) {
            // Old files give one number, or none, for all; then only the beginning is known.
            long length = i < bytes.length && from.length == bytes.length ? bytes[i] : 1;
            if (from[i] + length > file.length) {
                throw new PictureException(PictureReader.ENDS_EARLY);
            }
        }
    }

    private void checkStrips() throws IOException {
        long width = first(WIDTH, 0);
        long height = first(HEIGHT, 0);
        PictureReader.checkSize(width, height);
        boolean planes = first(PLANAR, 1) == 2;
        long perRow = (width * first(BITS, 1) * (planes ? 1 : first(SAMPLES, 1)) + 7) / 8;
        long rows = Math.min(height, first(ROWS_PER_STRIP, height));
        long perPlane = (height + rows - 1) / Math.max(1, rows);
        long[] from = directory.numbers(STRIP_OFFSETS);
        long[] bytes = directory.numbers(STRIP_BYTES);
        for (int i = 0; i < Math.min(from.length, bytes.length); i++) {
            long left = height - i % perPlane * rows;
            if (unpacked((int) from[i], (int) bytes[i]) < Math.min(rows, left) * perRow) {
                throw new PictureException(PictureReader.ENDS_EARLY);
            }
        }
    }

    /** How many bytes a strip stands for: LZW as TIFF 6.0 has it, the highest bit first. */
    private long unpacked(int from, int bytes) {
        boolean old = Bytes.at(file, from) == 0 && (Bytes.at(file, from + 1) & 1) == 1;
        if (old) {
            return Long.MAX_VALUE; // of before 1988; only a decoder can tell
        }
        int[] lengths = new int[4096];
        java.util.Arrays.fill(lengths, 0, 256, 1);
        int next = 258;
        int size = 9;
        int before = -1;
        long sum = 0;
        long bits = 0;
        int have = 0;
        for (int at = from; at < from + bytes; at++) {
            bits = bits << 8 | Bytes.at(file, at);
            have += 8;
            if (have < size) {
                continue;
            }
            have -= size;
            int code = (int) (bits >> have) & (1 << size) - 1;
            if (code == 257) {
                return sum;
            }
            if (code == 256) {
                next = 258;
                size = 9;
                before = -1;
                continue;
            }
            if (code > next || code == next && before < 0) {
                return sum;
            }
            if (before >= 0 && next < lengths.length) {
                lengths[next++] = lengths[before] + 1;
                size = next >= 2047 ? 12 : next >= 1023 ? 11 : next >= 511 ? 10 : 9;
            }
            sum += lengths[code];
            before = code;
        }
        return sum;
    }
}
