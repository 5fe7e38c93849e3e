package graft.data;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.PackedColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes picture files to red, green and blue as Pillow's {@code convert('RGB')} gives them: colour profiles are not
 * applied, transparency is dropped. One difference: of 16-bit grey the high byte is taken, where Pillow makes nearly all of
 * it white.
 */
final class PictureReader {
    static final List<String> ENDINGS = List.of("jpg", "jpeg", "png", "bmp", "webp", "tif", "tiff", "ppm", "pgm");

    static final String ENDS_EARLY = "it ends early";

    /** Pillow's limit too: a small file may claim any size, and its pixels would fill the memory. */
    private static final long MOST_PIXELS = 178_956_970;

    /** Larger pictures are decoded one at a time: several at once may not fit. */
    private static final long LARGE_PIXELS = 32_000_000;

    private static final int MOST_REDUCTION = 8;

    private static final Object LARGE = new Object();

    /** Readers report a truncated file as a warning and fill the rest with grey. Other warnings are harmless. */
    private static final Pattern DAMAGE =
            Pattern.compile("truncated|premature end|bad huffman|inconsistent progression", Pattern.CASE_INSENSITIVE);

    private PictureReader() {}

    /** The part of a file name after the last dot, in lower case. */
    static String ending(String fileName) {
        return fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /**
     * @param file the content of a file
     * @throws IOException whose message says, after "the file cannot be read:", why
     */
    static Picture read(byte[] file) throws IOException {
        return read(file, Integer.MAX_VALUE);
    }

    /**
     * As above, but a picture whose longer side is a multiple of {@code longerSide} or more may come smaller, with about this
     * many pixels or more: decoding is then faster. Not for a network's inputs, which would be others.
     */
    static Picture read(byte[] file, int longerSide) throws IOException {
        if (file.length == 0) {
            throw new IOException("it is empty");
        }
        if (Pnm.isPnm(file)) {
            return Pnm.read(file);
        }
        if (JpegHeader.isJpeg(file)) {
            JpegHeader header = JpegHeader.of(file);
            Optional<Picture> picture = turbo(file, header, reduction(header, longerSide));
            if (picture.isPresent()) {
                return picture.get();
            }
        }
        if (isCutWebp(file)) {
            throw new IOException(ENDS_EARLY);
        }
        try (ImageInputStream stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            ImageReader reader = readerFor(stream);
            try {
                return read(reader, stream, file);
            } catch (EOFException e) {
                throw new IOException(ENDS_EARLY, e);
            } catch (IOException e) {
                throw new IOException(reason(e), e);
            } catch (RuntimeException e) {
                // Readers throw all kinds of unchecked exceptions at damaged files.
                throw new IOException("it is damaged (" + e + ")", e);
            } finally {
                reader.dispose();
            }
        }
    }

    private static Optional<Picture> turbo(byte[] file, JpegHeader header, int reduction) {
        if (header.pixels() > MOST_PIXELS) {
            return Optional.empty();
        }
        if (header.pixels() / (reduction * reduction) > LARGE_PIXELS) {
            synchronized (LARGE) {
                return TurboJpeg.read(file, header, reduction);
            }
        }
        return TurboJpeg.read(file, header, reduction);
    }

    private static int reduction(JpegHeader header, int longerSide) {
        int reduction = 1;
        while (reduction < MOST_REDUCTION && header.longerSide() / (2 * reduction) >= longerSide) {
            reduction *= 2;
        }
        return reduction;
    }

    /** The WebP reader fills what is missing at the end of a lossless picture without a word. */
    private static boolean isCutWebp(byte[] file) {
        if (file.length < 8 || file[0] != 'R' || file[1] != 'I' || file[2] != 'F' || file[3] != 'F') {
            return false;
        }
        long promised = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(4) & 0xffffffffL;
        return file.length < 8 + promised;
    }

    private static String reason(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof EOFException) {
                return ENDS_EARLY;
            }
        }
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        return message.startsWith("it ") || message.startsWith("its ") ? message : "it is damaged (" + message + ")";
    }

    private static ImageReader readerFor(ImageInputStream stream) throws IOException {
        Iterator<ImageReaderSpi> all = IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, true);
        while (all.hasNext()) {
            ImageReaderSpi spi = all.next();
            boolean gif = List.of(spi.getFormatNames()).contains("gif");
            if (!gif && spi.canDecodeInput(stream)) {
                return spi.createReaderInstance();
            }
        }
        throw new IOException("it is no picture of a kind Graft reads (" + String.join(", ", ENDINGS) + ")");
    }

    private static Picture read(ImageReader reader, ImageInputStream stream, byte[] file) throws IOException {
        AtomicReference<String> damage = new AtomicReference<>();
        reader.addIIOReadWarningListener((source, warning) -> {
            if (DAMAGE.matcher(warning).find()) {
                damage.compareAndSet(null, warning);
            }
        });
        reader.setInput(stream, true, true);
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        checkSize(width, height);
        Picture picture;
        if ((long) width * height > LARGE_PIXELS) {
            synchronized (LARGE) {
                picture = decode(reader, file);
            }
        } else {
            picture = decode(reader, file);
        }
        if (damage.get() != null) {
            throw new IOException(
                    damage.get().toLowerCase(Locale.ROOT).contains("huffman")
                            ? "it is damaged (" + damage.get() + ")"
                            : ENDS_EARLY);
        }
        return picture;
    }

    static void checkSize(int width, int height) throws IOException {
        if (width < 1 || height < 1) {
            throw new IOException("it has no pixels");
        }
        if ((long) width * height > MOST_PIXELS) {
            throw new IOException("it says it has " + width + " × " + height + " pixels, more than the " + MOST_PIXELS
                    + " Graft reads");
        }
    }

    private static Picture decode(ImageReader reader, byte[] file) throws IOException {
        if (JpegHeader.isJpeg(file)) {
            Raster raw = reader.readRaster(0, null);
            byte[] bytes = bytes(raw, raw.getNumBands());
            JpegHeader colors = JpegHeader.of(file);
            switch (raw.getNumBands()) {
                case 1 -> {
                    return new Picture(raw.getWidth(), raw.getHeight(), 1, bytes);
                }
                case 3 -> colors.threeToRgb(bytes);
                case 4 -> bytes = colors.fourToRgb(bytes);
                default -> throw new IOException("it has " + raw.getNumBands() + " colour components");
            }
            return new Picture(raw.getWidth(), raw.getHeight(), 3, bytes);
        }
        return toPicture(reader.read(0));
    }

    private static Picture toPicture(BufferedImage image) throws IOException {
        ColorModel colors = image.getColorModel();
        Raster raster = image.getRaster();
        int width = image.getWidth();
        int height = image.getHeight();
        if (colors instanceof IndexColorModel palette) {
            return fromPalette(raster, palette);
        }
        if (colors instanceof PackedColorModel) {
            return fromPacked(image);
        }
        int bands = raster.getNumBands();
        if (bands == 4 && !colors.hasAlpha()) {
            return fromCmyk(raster);
        }
        // What follows the first band of two or the third of four is transparency.
        int used = bands < 3 ? 1 : 3;
        return new Picture(width, height, used, bytes(raster, used));
    }

    private static Picture fromPalette(Raster raster, IndexColorModel palette) {
        int[] row = new int[raster.getWidth()];
        byte[] out = new byte[raster.getWidth() * raster.getHeight() * 3];
        int to = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getSamples(0, y, raster.getWidth(), 1, 0, row);
            for (int index : row) {
                out[to++] = (byte) palette.getRed(index);
                out[to++] = (byte) palette.getGreen(index);
                out[to++] = (byte) palette.getBlue(index);
            }
        }
        return new Picture(raster.getWidth(), raster.getHeight(), 3, out);
    }

    private static Picture fromPacked(BufferedImage image) {
        int[] row = new int[image.getWidth()];
        byte[] out = new byte[image.getWidth() * image.getHeight() * 3];
        int to = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, image.getWidth(), 1, row, 0, image.getWidth());
            for (int argb : row) {
                out[to++] = (byte) (argb >> 16);
                out[to++] = (byte) (argb >> 8);
                out[to++] = (byte) argb;
            }
        }
        return new Picture(image.getWidth(), image.getHeight(), 3, out);
    }

    private static Picture fromCmyk(Raster raster) throws IOException {
        byte[] inks = bytes(raster, 4);
        byte[] out = new byte[inks.length / 4 * 3];
        for (int from = 0, to = 0; to < out.length; from += 4) {
            int notBlack = 255 - (inks[from + 3] & 0xff);
            for (int c = 0; c < 3; c++) {
                out[to++] = (byte) Math.max(notBlack - JpegHeader.times(inks[from + c] & 0xff, notBlack), 0);
            }
        }
        return new Picture(raster.getWidth(), raster.getHeight(), 3, out);
    }

    /** The first {@code bands} bands as bytes; of wider samples the high byte. */
    private static byte[] bytes(Raster raster, int bands) throws IOException {
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
                    for (int band = 0; band < bands; band++) {
                        out[to++] = in[at + offsets[band]];
                    }
                }
            }
            return out;
        }
        int bits = raster.getSampleModel().getSampleSize(0);
        if (bits > 16 || raster.getTransferType() > java.awt.image.DataBuffer.TYPE_USHORT) {
            throw new IOException("it has " + bits + " bits per sample, and Graft reads 1 to 16");
        }
        int[] row = new int[width];
        for (int y = 0; y < raster.getHeight(); y++) {
            for (int band = 0; band < bands; band++) {
                raster.getSamples(0, y, width, 1, band, row);
                for (int x = 0; x < width; x++) {
                    int to = (y * width + x) * bands + band;
                    out[to] = (byte)
                            (bits > 8 ? row[x] >> bits - 8 : bits == 8 ? row[x] : row[x] * 255 / ((1 << bits) - 1));
                }
            }
        }
        return out;
    }
}
