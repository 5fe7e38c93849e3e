package graft.app.problem;

import java.util.Optional;

/**
 * Something that keeps the user from a good network, or may.
 *
 * @param what in a sentence or two for the user
 * @param fix what can be done about it with one click; empty where only the user can
 */
public record Problem(Severity severity, String what, Optional<Fix> fix) {

    /** The worst first. */
    public enum Severity {
        /** Something did not work, or what came of it is of no use. */
        WRONG,
        /** It works, and the network may be worse for it. */
        WARNING,
        /** To be known. */
        NOTE
    }

    /**
     * A remedy.
     *
     * @param words on its button
     * @param hint what it does, and to what; "" where the button says all
     * @param undo takes it back; empty where there is nothing to take back
     */
    public record Fix(String words, String hint, Runnable does, Optional<Runnable> undo) {
        public Fix(String words, Runnable does) {
            this(words, "", does, Optional.empty());
        }

        public Fix withUndo(Runnable takesBack) {
            return new Fix(words, hint, does, Optional.of(takesBack));
        }

        public Fix withHint(String says) {
            return new Fix(words, says, does, undo);
        }
    }

    public static Problem wrong(String what) {
        return new Problem(Severity.WRONG, what, Optional.empty());
    }

    public static Problem warning(String what) {
        return new Problem(Severity.WARNING, what, Optional.empty());
    }

    public static Problem note(String what) {
        return new Problem(Severity.NOTE, what, Optional.empty());
    }

    public Problem with(Fix remedy) {
        return new Problem(severity, what, Optional.of(remedy));
    }

    /** Whether both say the same; what a fix does is not compared. */
    public boolean isLike(Problem other) {
        return severity == other.severity && what.equals(other.what);
    }
}
