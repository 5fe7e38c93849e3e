package graft.progress;

/**
 * How far a long call is.
 *
 * @param what what is being done, in the user's words: "reading pictures"
 * @param done units done so far
 * @param total units in all; 0 where that is not known
 */
public record Stage(String what, long done, long total) implements Event {
    @Override
    public String kind() {
        return "stage";
    }
}
