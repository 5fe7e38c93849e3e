package graft.network.edit;

import graft.Refusal;
import java.util.List;
import java.util.Locale;

/**
 * One change to a network's graph.
 *
 * @param what is inserted, such as {@code dropout:0.2}; "" for the others
 * @param layer name of the layer that is deleted, or that the change is made behind
 */
public record Edit(Kind kind, String what, String layer) {
    /** What can be done. */
    public enum Kind {
        INSERT,
        DELETE,
        CUT
    }

    /** What can be inserted, as it is typed. */
    public static final List<String> INSERTS = List.of(
            "dropout:RATE",
            "linear:WIDTH",
            "batchnorm",
            "relu",
            "leakyrelu",
            "elu",
            "sigmoid",
            "tanh",
            "softplus",
            "hardswish");

    /** Puts {@code what} behind a layer. */
    public static Edit insert(String what, String layer) {
        return new Edit(Kind.INSERT, what.strip().toLowerCase(Locale.ROOT), layer);
    }

    /** Takes a layer out. */
    public static Edit delete(String layer) {
        return new Edit(Kind.DELETE, "", layer);
    }

    /** Drops everything behind a layer, whose output becomes the network's. */
    public static Edit cut(String layer) {
        return new Edit(Kind.CUT, "", layer);
    }

    /** Reads {@code dropout:0.2@LAYER}. */
    public static Edit insert(String text) {
        int at = text.indexOf('@');
        if (at <= 0 || at == text.length() - 1) {
            throw new Refusal("\"" + text + "\" does not say what is inserted and where. Write it as WHAT@LAYER, for"
                    + " instance dropout:0.2@fc1; WHAT is one of " + String.join(", ", INSERTS) + ".");
        }
        return insert(text.substring(0, at), text.substring(at + 1));
    }

    /** The part of {@code what} before the colon. */
    String name() {
        return what.replaceFirst(":.*", "");
    }

    /** The number behind the colon. */
    double number(double usual) {
        int colon = what.indexOf(':');
        if (colon < 0) {
            return usual;
        }
        try {
            return Double.parseDouble(what.substring(colon + 1));
        } catch (NumberFormatException e) {
            throw new Refusal("\"" + what + "\" has no number behind the colon. What can be inserted is "
                    + String.join(", ", INSERTS) + ".");
        }
    }
}
