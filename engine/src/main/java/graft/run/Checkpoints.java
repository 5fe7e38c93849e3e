package graft.run;

import java.nio.file.Path;
import java.util.function.Supplier;

/** Writes checkpoints to one file, seldom enough to cost little: not more often than asked, and a twentieth of the time. */
public final class Checkpoints {
    private static final int SHARE_OF_TIME = 20;

    private final Path file;
    private final long nanosBetween;
    private long due;

    /** {@code secondsBetween} 0 = whenever asked. */
    public Checkpoints(Path file, double secondsBetween) {
        this.file = file;
        this.nanosBetween = (long) (secondsBetween * 1e9);
        this.due = System.nanoTime() + nanosBetween;
    }

    public boolean isDue() {
        return System.nanoTime() - due >= 0;
    }

    public void write(Supplier<Checkpoint> state) {
        long start = System.nanoTime();
        state.get().write(file);
        long took = System.nanoTime() - start;
        due = System.nanoTime() + (nanosBetween == 0 ? 0 : Math.max(nanosBetween, SHARE_OF_TIME * took));
    }
}
