package graft.app.jobs;

import java.util.List;

/** A process that does long work and can be steered. One at a time; everything it says arrives on the FX thread. */
public interface ChildProcess {

    /** Who watches a process. Called on the FX thread only. */
    interface Watcher {
        /** Lines of standard error, in order; several at once where they come fast. */
        void said(List<String> lines);

        void ended(End end);
    }

    /**
     * How a process ended.
     *
     * @param exitCode 128 + n where signal n ended it; -1 where it could not be started
     * @param output what it wrote to standard output; where it could not be started, why
     */
    record End(int exitCode, String output) {
        /** Ended by a signal, as by the system where memory runs out, or by a crash of native code. */
        public boolean isKilled() {
            return exitCode > 128 && exitCode != 130;
        }
    }

    /** Starts a process; the one before must have ended. */
    void start(List<String> command, Watcher watcher);

    /** Writes a line to its standard input; does nothing where it has ended. */
    void send(String line);

    /** Closes its standard input, which asks it to stop. */
    void hangUp();
}
