package graft.app.network;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** The words of the Network screen. */
final class Texts {
    static final ResourceBundle BUNDLE = ResourceBundle.getBundle("graft.app.network");

    private static final char NARROW = '\u00a0';

    private Texts() {}

    /** The text of {@code key}, with {0}, {1}, … replaced. */
    static String of(String key, Object... arguments) {
        return new MessageFormat(BUNDLE.getString(key), Locale.ROOT).format(arguments);
    }

    /** 1280 is "1 280". */
    static String exact(long count) {
        return String.format(Locale.ROOT, "%,d", count).replace(',', NARROW);
    }

    /** For headlines: 396 128 is "0.4 M", smaller counts than 100 000 are exact. */
    static String rounded(long count) {
        return count < 100_000 ? exact(count) : String.format(Locale.ROOT, "%.1f", count / 1e6) + NARROW + "M";
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
}
