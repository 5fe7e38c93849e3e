package graft.train;

import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Writes checkpoints to one file, seldom enough to cost little: at most one per two seconds, and at most a twentieth of
 * the time.
 */
final class Checkpoints {
    private static final long LEAST_NANOS_BETWEEN = 2_000_000_000L;
    private static final int SHARE_OF_TIME = 20;

    private final Path file;
    private long due = System.nanoTime() + LEAST_NANOS_BETWEEN;

    Checkpoints(Path file) {
        this.file = file;
    }

    void writeIfDue(Supplier<Checkpoint> state) {
        if (System.nanoTime() - due >= 0) {
            write(state);
        }
    }

    void write(Supplier<Checkpoint> state) {
        long start = System.nanoTime();
        state.get().write(file);
        long took = System.nanoTime() - start;
        due = System.nanoTime() + Math.max(LEAST_NANOS_BETWEEN, SHARE_OF_TIME * took);
    }
}
