package graft.predict;

import java.io.IOException;

/** Where answers go, one after the other. */
public interface AnswerWriter {
    /** Comes before the first answer. */
    void begin(Layout layout) throws IOException;

    void write(Said said) throws IOException;

    /** Comes after the last answer. */
    default void end() throws IOException {
        // where nothing is held back
    }
}
