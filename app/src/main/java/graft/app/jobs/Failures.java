package graft.app.jobs;

import graft.Refusal;
import org.slf4j.LoggerFactory;

/** What went wrong, in words for the user. */
public final class Failures {
    private Failures() {}

    /** A refusal speaks for itself; anything else is a defect of Graft, whose trace goes to the log. */
    public static String words(Throwable failure) {
        if (failure instanceof Refusal) {
            return WindowWords.of(failure.getMessage());
        }
        LoggerFactory.getLogger(Failures.class).error("a job failed", failure);
        return "Something went wrong inside Graft: " + failure
                + ". The log on standard error says more; please report it.";
    }
}
