package graft.progress;

/** Something the user should know although it stops nothing: a skipped file, an assumption made. */
public record Note(String message) implements Event {
    @Override
    public String kind() {
        return "note";
    }

    @Override
    public String line() {
        return message;
    }
}
