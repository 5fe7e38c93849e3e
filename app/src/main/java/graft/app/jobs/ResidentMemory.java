package graft.app.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much memory a process takes, where the system tells it in {@code /proc}. */
final class ResidentMemory {
    /** Of Linux on all processors that Graft has libraries for. */
    private static final long PAGE = 4096;

    private ResidentMemory() {}

    /** Bytes; 0 where that is not known, or the process is gone. */
    static long of(long pid) {
        Path file = Path.of("/proc", Long.toString(pid), "statm");
        try {
            return Files.exists(file)
                    ? PAGE * Long.parseLong(Files.readString(file).split(" ")[1])
                    : 0;
        } catch (IOException e) {
            return 0; // it ended between the two calls
        }
    }
}
