package graft.progress;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * How far a long call is.
 *
 * @param what what is being done, in the user's words: "reading pictures"
 * @param done units done so far
 * @param total units in all; 0 where that is not known
 * @param bytes whether a unit is a byte
 */
public record Stage(
        String what,
        long done,
        long total,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean bytes) implements Event {
    public Stage(String what, long done, long total) {
        this(what, done, total, false);
    }

    /** Of a file: what is counted is bytes. */
    public static Stage ofBytes(String what, long done, long total) {
        return new Stage(what, done, total, true);
    }

    @Override
    public String kind() {
        return "stage";
    }
}
