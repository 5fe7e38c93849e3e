package graft.progress;

import java.util.function.Predicate;
import java.util.stream.Stream;

/** How a long call reports what it does, and asks whether it is still wanted. */
public interface Progress {
    /** Tells nobody, and is never cancelled. */
    Progress NONE = event -> {};

    /** Tells everything but how far it is: where a call is one of many, and the whole is told. */
    static Progress withoutStages(Progress whole) {
        return filtered(whole, event -> !(event instanceof Stage));
    }

    /** Tells events of these kinds alone. */
    @SafeVarargs
    static Progress only(Progress whole, Class<? extends Event>... kinds) {
        return filtered(whole, event -> Stream.of(kinds).anyMatch(kind -> kind.isInstance(event)));
    }

    /** Tells everything but notes: what there is to be said was said before. */
    static Progress withoutNotes(Progress whole) {
        return filtered(whole, event -> !(event instanceof Note));
    }

    private static Progress filtered(Progress whole, Predicate<Event> told) {
        return new Progress() {
            @Override
            public void report(Event event) {
                if (told.test(event)) {
                    whole.report(event);
                }
            }

            @Override
            public boolean isCancelled() {
                return whole.isCancelled();
            }
        };
    }

    void report(Event event);

    /** Asked between two pieces of work; a cancelled call ends soon with what it has. */
    default boolean isCancelled() {
        return false;
    }

    /** Asked between two pieces of work: whether a long search for something better should end with the best so far. */
    default boolean isEnoughAsked() {
        return false;
    }

    /** Called between two pieces of work: returns at once, or when a user who paused lets the call go on. */
    default void waitWhilePaused() {}

    default void stage(String what, long done, long total) {
        report(new Stage(what, done, total));
    }

    default void note(String message) {
        report(new Note(message));
    }
}
