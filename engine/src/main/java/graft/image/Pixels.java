package graft.image;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.PackedColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.Optional;

/** The pixels of Java's images as plain bytes, as they are stored: no colour model converts anything. */
final class Pixels {
    private Pixels() {}

    static Decoded of(BufferedImage image) throws IOException {
        ColorModel colors = image.getColorModel();
        Raster raster = image.getRaster();
        if (colors instanceof IndexColorModel palette) {
            return fromPalette(raster, palette);
        }
        if (colors instanceof PackedColorModel) {
            return fromPacked(image);
        }
        int bands = raster.getNumBands();
        int used = bands < 3 ? 1 : bands == 4 && !colors.hasAlpha() ? 4 : 3;
        // What follows the first band of two or the third of four is transparency.
        boolean alpha = colors.hasAlpha() && bands > used;
        return new Decoded(
                raster.getWidth(),
                raster.getHeight(),
                used,
                bytes(raster, 0, used),
                alpha ? Optional.of(bytes(raster, used, 1)) : Optional.empty(),
                alpha && colors.isAlphaPremultiplied(),
                highest(raster, used));
    }

    private static Decoded fromPalette(Raster raster, IndexColorModel palette) {
        int[] row = new int[raster.getWidth()];
        int count = raster.getWidth() * raster.getHeight();
        byte[] out = new byte[count * 3];
        byte[] alpha = new byte[palette.hasAlpha() ? count : 0];
        int to = 0;
        int at = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getSamples(0, y, raster.getWidth(), 1, 0, row);
            for (int index : row) {
                out[to++] = (byte) palette.getRed(index);
                out[to++] = (byte) palette.getGreen(index);
                out[to++] = (byte) palette.getBlue(index);
                if (alpha.length > 0) {
                    alpha[at++] = (byte) palette.getAlpha(index);
                }
            }
        }
        Optional<byte[]> transparency = alpha.length > 0 ? Optional.of(alpha) : Optional.empty();
        return new Decoded(raster.getWidth(), raster.getHeight(), 3, out, transparency, false, 0);
    }

    private static Decoded fromPacked(BufferedImage image) {
        int[] row = new int[image.getWidth()];
        int count = image.getWidth() * image.getHeight();
        byte[] out = new byte[count * 3];
        byte[] alpha = new byte[count];
        int to = 0;
        int at = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, image.getWidth(), 1, row, 0, image.getWidth());
            for (int argb : row) {
                out[to++] = (byte) (argb >> 16);
                out[to++] = (byte) (argb >> 8);
                out[to++] = (byte) argb;
                alpha[at++] = (byte) (argb >> 24);
            }
        }
        boolean transparent = image.getColorModel().hasAlpha();
        Optional<byte[]> transparency = transparent ? Optional.of(alpha) : Optional.empty();
        return new Decoded(image.getWidth(), image.getHeight(), 3, out, transparency, false, 0);
    }

    /** Bands {@code first} to {@code first + bands} as bytes; of wider samples the high byte. */
    static byte[] bytes(Raster raster, int first, int bands) throws IOException {
        int width = raster.getWidth();
        byte[] out = new byte[width * raster.getHeight() * bands];
        if (raster.getDataBuffer() instanceof DataBufferByte data
                && raster.getSampleModel() instanceof ComponentSampleModel model
                && data.getNumBanks() == 1) {
            byte[] in = data.getData();
            int[] offsets = model.getBandOffsets();
            int to = 0;
            for (int y = 0; y < raster.getHeight(); y++) {
                int at = data.getOffset()
                        + (y - raster.getSampleModelTranslateY()) * model.getScanlineStride()
                        - raster.getSampleModelTranslateX() * model.getPixelStride();
                for (int x = 0; x < width; x++, at += model.getPixelStride()) {
                    for (int band = first; band < first + bands; band++) {
                        out[to++] = in[at + offsets[band]];
                    }
                }
            }
            return out;
        }
        int bits = raster.getSampleModel().getSampleSize(first);
        if (bits > 16 || raster.getTransferType() > DataBuffer.TYPE_USHORT) {
            throw new PictureException("it has " + bits + " bits per sample, and Graft reads 1 to 16");
        }
        int[] row = new int[width];
        for (int y = 0; y < raster.getHeight(); y++) {
            for (int band = 0; band < bands; band++) {
                raster.getSamples(0, y, width, 1, first + band, row);
                for (int x = 0; x < width; x++) {
                    int to = (y * width + x) * bands + band;
                    out[to] = (byte)
                            (bits > 8 ? row[x] >> bits - 8 : bits == 8 ? row[x] : row[x] * 255 / ((1 << bits) - 1));
                }
            }
        }
        return out;
    }

    /** The largest value of the first {@code bands} bands where they have 16 bits; else 0. */
    private static int highest(Raster raster, int bands) {
        if (raster.getSampleModel().getSampleSize(0) != 16) {
            return 0;
        }
        int[] row = new int[raster.getWidth()];
        int highest = 0;
        for (int band = 0; band < bands; band++) {
            for (int y = 0; y < raster.getHeight(); y++) {
                raster.getSamples(0, y, raster.getWidth(), 1, band, row);
                for (int value : row) {
                    highest = Math.max(highest, value);
                }
            }
        }
        return highest;
    }
}
