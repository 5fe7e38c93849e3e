package graft.guard;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process uses, by the system's own account. Nothing is known where there is no {@code /proc}. */
final class ProcessUse {
    private static final Path MEMORY = Path.of("/proc/self/statm");
    private static final Path TIMES = Path.of("/proc/self/stat");
    private static final long PAGE = 4096;
    private static final double TICKS_PER_SECOND = 100;

    private ProcessUse() {}

    /** Memory that belongs to no file, in bytes; 0 where the system does not say. */
    static long bytes() {
        String[] pages = read(MEMORY).split(" ");
        return pages.length < 3 ? 0 : (Long.parseLong(pages[1]) - Long.parseLong(pages[2])) * PAGE;
    }

    /** Seconds that processors worked for all threads; infinite where the system does not say: then the clock alone counts. */
    static double cpuSeconds() {
        String text = read(TIMES);
        // The name of the program stands in parentheses and may hold anything.
        String[] fields = text.substring(text.lastIndexOf(')') + 1).strip().split(" ");
        return fields.length < 13
                ? Double.POSITIVE_INFINITY
                : (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.US_ASCII) : "";
        } catch (IOException e) {
            return "";
        }
    }
}
