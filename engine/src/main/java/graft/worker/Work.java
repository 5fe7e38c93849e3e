package graft.worker;

import graft.progress.Progress;
import java.nio.file.Path;
import java.util.List;

/**
 * Something that a worker can be asked to do.
 *
 * @param name as requests call it
 * @param plan what goes in; a record
 * @param result what comes out; a record
 * @param limits beyond which the process that does it is ended
 */
public record Work<P extends Work.Plan, R>(
        String name, Class<P> plan, Class<R> result, Limits limits, Doing<P, R> doing) {

    /** What is to be done. */
    public interface Plan {
        /** The file of the user's that is to blame where the work ends the process. */
        Path file();

        /** Everything of the user's that is worked on, {@link #file} first. */
        default List<Path> files() {
            return List.of(file());
        }
    }

    /** The engine call; in the worker's process. */
    @FunctionalInterface
    public interface Doing<P, R> {
        R run(P plan, Progress progress) throws Exception;
    }

    /**
     * How long a process may work, and on how much, until it is ended from outside. The process guards itself, closer
     * ({@link graft.guard.Guard}); this is for one that no longer can.
     *
     * @param seconds in all; 0 = as long as it goes on reporting
     * @param silentSeconds without a report of progress
     * @param bytes resident memory for a small file; eight times the file's size comes on top
     */
    public record Limits(int seconds, int silentSeconds, long bytes) {
        private static final long FOUR_GIB = 4L << 30;

        /** For what a person waits for: opening a file, one answer. */
        static Limits ofMoment() {
            return new Limits(120, 120, FOUR_GIB);
        }

        /** For what goes through a whole data set, and reports how far it is. */
        static Limits ofLongWork() {
            return new Limits(0, 600, 2 * FOUR_GIB);
        }
    }
}
