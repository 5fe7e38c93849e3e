package graft.image;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes picture files as viewers show them, the one way for training, judging and the screen: turned as their EXIF data
 * say, in sRGB, on white. Of 16-bit values the high byte is taken, where Pillow makes nearly all of them white.
 */
final class PictureReader {
    static final List<String> ENDINGS = List.of(
            "jpg", "jpeg", "jpe", "jfif", "png", "bmp", "dib", "gif", "webp", "tif", "tiff", "ppm", "pgm", "pnm");

    static final String ENDS_EARLY = "it ends early";

    /** Pillow's limit too: a small file may claim any size, and its pixels would fill the memory. */
    private static final long MOST_PIXELS = 178_956_970;

    /** Larger pictures are decoded one at a time: several at once may not fit. */
    private static final long LARGE_PIXELS = 32_000_000;

    private static final String GAVE_UP = "gave up";

    private static final Object LARGE = new Object();

    /** Readers report a truncated file as a warning and fill the rest with grey. Other warnings are harmless. */
    private static final Pattern DAMAGE =
            Pattern.compile("truncated|premature end|bad huffman|inconsistent progression", Pattern.CASE_INSENSITIVE);

    /** What the WebP reader says before it leaves transparency out. */
    private static final Pattern GIVEN_UP = Pattern.compile("not implemented|unknown", Pattern.CASE_INSENSITIVE);

    /** What libjpeg says where data were left over: a picture that was damaged in the middle ends so. */
    private static final Pattern ODD = Pattern.compile("extraneous bytes", Pattern.CASE_INSENSITIVE);

    private PictureReader() {}

    /** The part of a file name after the last dot, in lower case. */
    static String ending(String fileName) {
        return fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /**
     * @param file the content of a file
     * @throws IOException whose message says, after "the file cannot be read:", why
     */
    static Reading read(byte[] file) throws IOException {
        return read(file, Integer.MAX_VALUE);
    }

    /**
     * As above, but a picture whose longer side is a multiple of {@code longerSide} or more may come smaller, with about this
     * many pixels or more: decoding is then faster. Not for a network's inputs, which would be others.
     */
    static Reading read(byte[] file, int longerSide) throws IOException {
        PictureKind kind = PictureKind.of(file);
        try {
            return read(kind, file, longerSide);
        } catch (OutOfMemoryError e) {
            // Others may be taking the memory at the moment; alone it may fit.
            synchronized (LARGE) {
                try {
                    return read(kind, file, longerSide);
                } catch (OutOfMemoryError again) {
                    throw new IOException("it is too large for the memory there is", again);
                }
            }
        }
    }

    private static Reading read(PictureKind kind, byte[] file, int longerSide) throws IOException {
        return switch (kind) {
            case PNM -> Pnm.read(file);
            case JPEG -> JpegFile.read(file, longerSide);
            case PNG -> {
                Tags tags = PngFile.tags(file);
                yield byImageIo(kind, file).shown(tags);
            }
            case GIF -> {
                GifFile gif = GifFile.of(file);
                yield gif.onScreen(byImageIo(kind, file)).shown(gif.tags());
            }
            case WEBP -> {
                WebpFile webp = WebpFile.of(file);
                byte[] frame = webp.frame();
                Decoded decoded = LibWebp.isThere()
                        ? aloneIfLarge(webp.pixels(), () -> LibWebp.read(frame))
                        : byImageIo(kind, frame);
                yield webp.onCanvas(decoded).shown(webp.tags());
            }
            case TIFF -> {
                Tags tags = TiffFile.tags(file);
                Decoded decoded = byImageIo(
                        kind,
                        file,
                        EnumSet.noneOf(PictureRemark.class),
                        reader -> Pixels.of(TiffFile.coloured(file, reader.read(0))));
                yield (TiffFile.hasOtherBand(file) ? decoded.withoutAlpha() : decoded).shown(tags);
            }
            case BMP -> byImageIo(kind, file).shown(Tags.NONE);
        };
    }

    /** What decodes one picture of a reader. */
    interface Decoding {
        Decoded from(ImageReader reader) throws IOException;
    }

    private static Decoded byImageIo(PictureKind kind, byte[] file) throws IOException {
        return byImageIo(kind, file, EnumSet.noneOf(PictureRemark.class), reader -> Pixels.of(reader.read(0)));
    }

    /** Asks the JDK's readers. {@code remarks}: what they warn of is put there. */
    static Decoded byImageIo(PictureKind kind, byte[] file, Set<PictureRemark> remarks, Decoding decoding)
            throws IOException {
        try (ImageInputStream stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            ImageReader reader = readerFor(stream, kind);
            try {
                return decode(reader, stream, kind, remarks, decoding);
            } finally {
                reader.dispose();
            }
        } catch (PictureException e) {
            throw e;
        } catch (IOException e) {
            throw isEarlyEnd(e) ? new IOException(ENDS_EARLY, e) : damaged(kind, e);
        } catch (RuntimeException e) {
            // Readers throw all kinds of unchecked exceptions at damaged files.
            throw damaged(kind, e);
        }
    }

    private static IOException damaged(PictureKind kind, Exception e) {
        return new IOException(
                "it is damaged, or a " + kind.word() + " of a rare form that is not read; save it again as JPEG or PNG",
                e);
    }

    private static boolean isEarlyEnd(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof EOFException) {
                return true;
            }
        }
        return false;
    }

    private static ImageReader readerFor(ImageInputStream stream, PictureKind kind) throws IOException {
        Iterator<ImageReaderSpi> all = IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, true);
        while (all.hasNext()) {
            ImageReaderSpi spi = all.next();
            if (spi.canDecodeInput(stream)) {
                return spi.createReaderInstance();
            }
        }
        throw new PictureException("it begins as a " + kind.word() + " does, but is none");
    }

    private static Decoded decode(
            ImageReader reader,
            ImageInputStream stream,
            PictureKind kind,
            Set<PictureRemark> remarks,
            Decoding decoding)
            throws IOException {
        AtomicReference<String> damage = new AtomicReference<>();
        reader.addIIOReadWarningListener((source, warning) -> {
            if (DAMAGE.matcher(warning).find()) {
                damage.compareAndSet(null, warning);
            } else if (kind == PictureKind.WEBP && GIVEN_UP.matcher(warning).find()) {
                damage.compareAndSet(null, GAVE_UP);
            } else if (ODD.matcher(warning).find()) {
                remarks.add(PictureRemark.ODD_DATA);
            }
        });
        reader.setInput(stream, true, true);
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        checkSize(width, height);
        Decoded picture = aloneIfLarge((long) width * height, () -> decoding.from(reader));
        if (GAVE_UP.equals(damage.get())) {
            throw damaged(kind, null);
        }
        if (damage.get() != null) {
            throw new PictureException(
                    damage.get().toLowerCase(Locale.ROOT).contains("huffman")
                            ? "it is damaged (a part of its data has no meaning)"
                            : ENDS_EARLY);
        }
        return picture;
    }

    /** Work on one picture. */
    interface Work<T> {
        T run() throws IOException;
    }

    static <T> T aloneIfLarge(long pixels, Work<T> work) throws IOException {
        if (pixels > LARGE_PIXELS) {
            synchronized (LARGE) {
                return work.run();
            }
        }
        return work.run();
    }

    static void checkSize(long width, long height) throws IOException {
        if (width < 1 || height < 1) {
            throw new PictureException("it has no pixels");
        }
        if (width * height > MOST_PIXELS) {
            throw new PictureException("it says it has " + width + " × " + height + " pixels, more than the "
                    + MOST_PIXELS + " Graft reads");
        }
    }
}
