package graft.train;

import com.sun.jna.Function;
import com.sun.jna.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What the process takes of the machine's memory. */
public final class Memory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Optional<Function> TRIM = trim();

    private Memory() {}

    /**
     * Gives what is not needed any more back to the system: what Java has read, and what the engine's arrays and ONNX Runtime's
     * sessions were, which the C library keeps for the next ones.
     */
    static void giveBack() {
        System.gc();
        TRIM.ifPresent(trim -> trim.invokeInt(new Object[] {0}));
    }

    /** Of the GNU C library alone. */
    private static Optional<Function> trim() {
        if (!Platform.isLinux()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Function.getFunction("c", "malloc_trim"));
        } catch (UnsatisfiedLinkError otherLibrary) {
            return Optional.empty();
        }
    }

    /** Largest resident memory so far in MiB; −1 on systems that do not tell (all but Linux). */
    public static long peakMib() {
        if (!Files.isReadable(STATUS)) {
            return -1;
        }
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(-1);
        } catch (IOException notTold) {
            return -1;
        }
    }
}
