package graft.files;

import java.util.List;

/** Names in a sentence. */
public final class Several {
    /** More than these nobody reads. */
    private static final int MOST = 10;

    private Several() {}

    /** {@code a, b, c}; of many the first ones, and how many more there are. */
    public static String of(List<String> names) {
        int more = names.size() - MOST;
        return more > 1
                ? String.join(", ", names.subList(0, MOST)) + " and " + more + " more"
                : String.join(", ", names);
    }
}
