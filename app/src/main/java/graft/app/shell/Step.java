package graft.app.shell;

import java.util.Locale;

/** The steps of the job, in order; their names are those of the layouts. */
enum Step {
    DATA,
    NETWORK,
    TRAIN,
    EVALUATE,
    DEPLOY;

    String layout() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As the user counts them. */
    int number() {
        return ordinal() + 1;
    }
}
