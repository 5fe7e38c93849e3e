package graft.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the process takes of the machine's memory. */
public final class Memory {
    private static final Path STATUS = Path.of("/proc/self/status");

    private Memory() {}

    /** Gives what Java has read and does not need any more back to the system, which the engine's native memory comes from. */
    static void giveBack() {
        System.gc();
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
