package graft.data;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import graft.files.NativeLibraries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JPEG by libjpeg-turbo, as Leptonica brings it: the pixels of the JDK's reader in less time. It takes only what it reads
 * without a warning, and leaves everything else, what is wrong with a file too, to the JDK's reader.
 */
final class TurboJpeg {
    private static final int SILENT = 6;
    private static final Logger LOG = LoggerFactory.getLogger(TurboJpeg.class);

    private TurboJpeg() {}

    /**
     * The picture, or nothing where the JDK's reader has to look at the file.
     *
     * @param reduction 1, 2, 4 or 8: each side is divided by it (rounded up) while decoding, by leaving out frequencies
     */
    static Optional<Picture> read(byte[] file, JpegHeader header, int reduction) {
        if (!Leptonica.LOADED || !(header.components() == 1 || header.components() == 3) || !endsAsJpeg(file)) {
            return Optional.empty();
        }
        int[] warnings = new int[1];
        Pointer pix = Leptonica.pixReadMemJpeg(file, file.length, 0, reduction, warnings, 0);
        if (pix == null) {
            return Optional.empty();
        }
        try {
            return warnings[0] == 0 ? Optional.of(toPicture(pix)) : Optional.empty();
        } finally {
            Leptonica.pixDestroy(new PointerByReference(pix));
        }
    }

    /** libjpeg itself prints a line about a file that ends early. */
    private static boolean endsAsJpeg(byte[] file) {
        return file[file.length - 2] == (byte) 0xff && file[file.length - 1] == (byte) 0xd9;
    }

    /** Leptonica's rows are whole 32-bit words, the first pixel in the highest byte. */
    private static Picture toPicture(Pointer pix) {
        int width = Leptonica.pixGetWidth(pix);
        int height = Leptonica.pixGetHeight(pix);
        int bands = Leptonica.pixGetDepth(pix) == 8 ? 1 : 3;
        int wordsPerRow = Leptonica.pixGetWpl(pix);
        Pointer data = Leptonica.pixGetData(pix);
        byte[] pixels = new byte[width * height * bands];
        int[] row = new int[wordsPerRow];
        int to = 0;
        for (int y = 0; y < height; y++) {
            data.read((long) y * wordsPerRow * Integer.BYTES, row, 0, wordsPerRow);
            if (bands == 1) {
                for (int x = 0; x < width; x++) {
                    pixels[to++] = (byte) (row[x >> 2] >> (3 - (x & 3)) * 8);
                }
            } else {
                for (int word : row) {
                    pixels[to++] = (byte) (word >> 24);
                    pixels[to++] = (byte) (word >> 16);
                    pixels[to++] = (byte) (word >> 8);
                }
            }
        }
        return new Picture(width, height, bands, pixels);
    }

    /** The functions of its C interface. */
    private static final class Leptonica {
        private static final boolean LOADED = load();

        private static boolean load() {
            try {
                Optional<Path> library = library();
                library.ifPresent(file -> {
                    Native.register(Leptonica.class, NativeLibrary.getInstance(file.toString()));
                    setMsgSeverity(SILENT);
                });
                return library.isPresent();
            } catch (IOException | UnsatisfiedLinkError e) {
                LOG.warn(
                        "Pictures are read by the JDK's slower reader: Leptonica cannot be loaded ({})",
                        e.getMessage());
                return false;
            }
        }

        /** None for systems that the build brings no Leptonica for. */
        private static Optional<Path> library() throws IOException {
            String name = Platform.isMac() ? "libleptonica.6.dylib" : "libleptonica.so.6";
            Optional<Path> unpacked =
                    NativeLibraries.folder().map(folder -> folder.resolve(name)).filter(Files::exists);
            if (unpacked.isPresent()) {
                return unpacked;
            }
            String system = (Platform.isMac() ? "macosx-" : "linux-") + (Platform.isARM() ? "arm64" : "x86_64");
            String resource = "/org/bytedeco/leptonica/" + system + "/" + name;
            boolean there = TurboJpeg.class.getResource(resource) != null;
            return there
                    ? Optional.of(Native.extractFromResourcePath(resource, TurboJpeg.class.getClassLoader())
                            .toPath())
                    : Optional.empty();
        }

        static native int setMsgSeverity(int severity);

        static native Pointer pixReadMemJpeg(
                byte[] data, long size, int colormap, int reduction, int[] warnings, int hint);

        static native int pixGetWidth(Pointer pix);

        static native int pixGetHeight(Pointer pix);

        static native int pixGetDepth(Pointer pix);

        static native int pixGetWpl(Pointer pix);

        static native Pointer pixGetData(Pointer pix);

        static native void pixDestroy(PointerByReference pix);
    }
}
