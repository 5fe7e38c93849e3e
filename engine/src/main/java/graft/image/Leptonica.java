package graft.image;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import graft.files.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leptonica's library, for the sake of libjpeg-turbo and libwebp inside it: the functions of their C interfaces. */
final class Leptonica {
    private static final int SILENT = 6;
    private static final Logger LOG = LoggerFactory.getLogger(Leptonica.class);

    static final boolean LOADED = load();

    private static boolean load() {
        try {
            Optional<Path> library = library();
            library.ifPresent(file -> {
                Native.register(Leptonica.class, NativeLibrary.getInstance(file.toString()));
                setMsgSeverity(SILENT);
                silenceLibjpeg();
            });
            return library.isPresent();
        } catch (IOException | UnsatisfiedLinkError e) {
            LOG.warn("Pictures are read by the JDK's slower reader: Leptonica cannot be loaded ({})", e.getMessage());
            return false;
        }
    }

    /**
     * libjpeg prints what it finds odd in a file to C's standard error, which no function of the library turns off. What
     * Java itself and the C++ libraries print takes other ways.
     */
    private static void silenceLibjpeg() {
        try {
            NativeLibrary process = NativeLibrary.getProcess();
            Pointer variable = process.getGlobalVariableAddress(Platform.isMac() ? "__stderrp" : "stderr");
            Pointer nowhere = process.getFunction("fopen").invokePointer(new Object[] {"/dev/null", "w"});
            if (nowhere != null) {
                variable.setPointer(0, nowhere);
            }
        } catch (UnsatisfiedLinkError e) {
            LOG.debug("libjpeg's own lines about damaged files stay", e);
        }
    }

    /** None for systems that the build brings no Leptonica for. */
    private static Optional<Path> library() throws IOException {
        String name = Platform.isMac() ? "libleptonica.6.dylib" : "libleptonica.so.6";
        Optional<Path> unpacked = Installation.NATIVES
                .folder()
                .map(folder -> folder.resolve(name))
                .filter(Files::exists);
        if (unpacked.isPresent()) {
            return unpacked;
        }
        String system = (Platform.isMac() ? "macosx-" : "linux-") + (Platform.isARM() ? "arm64" : "x86_64");
        String resource = "/org/bytedeco/leptonica/" + system + "/" + name;
        boolean there = Leptonica.class.getResource(resource) != null;
        return there
                ? Optional.of(Native.extractFromResourcePath(resource, Leptonica.class.getClassLoader())
                        .toPath())
                : Optional.empty();
    }

    static native int setMsgSeverity(int severity);

    static native Pointer pixReadMemJpeg(byte[] data, long size, int colormap, int reduction, int[] warnings, int hint);

    static native int pixGetWidth(Pointer pix);

    static native int pixGetHeight(Pointer pix);

    static native int pixGetDepth(Pointer pix);

    static native int pixGetWpl(Pointer pix);

    static native Pointer pixGetData(Pointer pix);

    static native void pixDestroy(PointerByReference pix);

    /** libwebp: red, green, blue and alpha of each pixel, to be freed by {@link #WebPFree}; null for a damaged file. */
    static native Pointer WebPDecodeRGBA(byte[] data, long size, int[] width, int[] height);

    static native void WebPFree(Pointer pixels);
}
