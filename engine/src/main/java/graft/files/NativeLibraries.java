package graft.files;

import java.nio.file.Path;

/**
 * The native libraries, unpacked by the build. Without them each library unpacks its own from its jar into a temporary
 * folder at every start, which takes a fifth of a second.
 */
public final class NativeLibraries {
    private NativeLibraries() {}

    /** Tells ONNX Runtime, SQLite, JNA and the tokenizers where their libraries lie. To be called before any of them is used. */
    public static void announce() {
        Installation.NATIVES.folder().map(Path::toString).ifPresent(folder -> {
            System.setProperty("onnxruntime.native.path", folder);
            System.setProperty("org.sqlite.lib.path", folder);
            System.setProperty("jna.boot.library.path", folder);
            // The file, not the folder: of a folder DJL asks which CUDA it is for, and fails where there is none.
            String tokenizers = System.mapLibraryName("tokenizers");
            System.setProperty("RUST_LIBRARY_PATH", Path.of(folder, tokenizers).toString());
        });
    }
}
