package graft.app.jobs;

import graft.worker.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Holds a piece of work against its limits. */
final class Watch {
    private static final double NANOS = 1e9;
    private static final double GIB = 1 << 30;
    private static final int TIMES_THE_FILE = 8;

    private final Work.Limits limits;
    private final Path file;
    private final long bytes;
    private final long begun;
    private long heard;

    Watch(Work.Limits limits, Path file, long nanos) {
        this.limits = limits;
        this.file = file;
        this.bytes = limits.bytes() + TIMES_THE_FILE * size(file);
        this.begun = nanos;
        this.heard = nanos;
    }

    /** Of the file, and of those beside it that begin with its name and may hold its weights. */
    private static long size(Path file) {
        String stem = file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
        Path folder = file.toAbsolutePath().getParent();
        long sum = 0;
        try (var beside = Files.newDirectoryStream(
                folder, found -> found.getFileName().toString().startsWith(stem))) {
            for (Path found : beside) {
                sum += Files.isRegularFile(found) ? Files.size(found) : 0;
            }
            return sum;
        } catch (IOException e) {
            return sum; // what is not there cannot be large; whoever opens it says so
        }
    }

    void heard(long nanos) {
        heard = nanos;
    }

    /** What to say of work that is to be ended. */
    Optional<String> exceeded(long nanos, long memory) {
        if (memory > bytes) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "%s asked for more than %.1f GiB of memory, so work on it was ended. Nothing else was touched. The file is"
                            + " damaged or made to do harm, or too large for this: try `graft` on the command line.",
                    file,
                    bytes / GIB));
        }
        double seconds = (nanos - begun) / NANOS;
        if (limits.seconds() > 0 && seconds > limits.seconds()) {
            return Optional.of(tooLong(limits.seconds() + " seconds"));
        }
        if ((nanos - heard) / NANOS > limits.silentSeconds()) {
            return Optional.of(tooLong(limits.silentSeconds() + " seconds without a sign of progress"));
        }
        return Optional.empty();
    }

    private String tooLong(String time) {
        return file + " was worked on for " + time
                + ", so the work was ended. Nothing else was touched. The file may hold a"
                + " loop that never ends; if it is only large, close other programs and try again.";
    }
}
