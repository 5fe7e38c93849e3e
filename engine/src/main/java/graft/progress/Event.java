package graft.progress;

/** Something that happened during a long call. Records of other packages may be events too. */
public interface Event {
    /** The word for this kind of event in the event stream: {@code stage}, {@code note}, {@code epoch}, … */
    String kind();

    /** The event for a person, in one line; "" where it is of no interest on a console. */
    default String line() {
        return "";
    }
}
