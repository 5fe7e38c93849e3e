package graft.app.network;

import graft.app.controls.Numbers;
import java.util.ResourceBundle;

/** The words of the Network screen. */
final class Texts {
    static final ResourceBundle BUNDLE = ResourceBundle.getBundle("graft.app.network");

    private Texts() {}

    /** The text of {@code key}, with {0}, {1}, … replaced. */
    static String of(String key, Object... arguments) {
        return Numbers.message(BUNDLE.getString(key), arguments);
    }

    /** "1280×7×7" of a shape with its batch axis first; "" where it is not known. */
    static String shape(long[] shape) {
        if (shape == null || shape.length == 0) {
            return "";
        }
        StringBuilder out = new StringBuilder();
        for (int i = 1; i < shape.length; i++) {
            out.append(i == 1 ? "" : "×").append(shape[i] < 0 ? "?" : Long.toString(shape[i]));
        }
        return out.toString();
    }

    /** See {@link Numbers#bytes}. */
    static String bytes(long count) {
        return Numbers.bytes(count);
    }
}
