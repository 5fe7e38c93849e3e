package graft.text;

import graft.data.Targets;
import java.util.Arrays;
import java.util.OptionalInt;

/** What is to be answered for windows of texts, all of one length where a network's file fixes it. */
public interface WindowTargets extends Targets {
    /** What a window is fed as. */
    Tokens tokens(int window);

    /** Which text a window is of; those of one text follow each other. */
    int owner(int window);

    /** Tokens of all windows, where the network's file fixes their number. */
    OptionalInt length();

    /** The same for a network that reads so many tokens at once. */
    WindowTargets ofLength(OptionalInt fixed);

    /** Tokens that some windows are filled up to. */
    default int longest(int[] windows) {
        return length().orElseGet(() -> Arrays.stream(windows)
                .map(window -> tokens(window).length())
                .max()
                .orElse(0));
    }

    @Override
    default OptionalInt rows(int window) {
        return OptionalInt.of(tokens(window).length());
    }
}
