package graft.app.network;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** The words of the Network screen. */
final class Texts {
    static final ResourceBundle BUNDLE = ResourceBundle.getBundle("graft.app.network");

    private Texts() {}

    /** The text of {@code key}, with {0}, {1}, … replaced. */
    static String of(String key, Object... arguments) {
        return new MessageFormat(BUNDLE.getString(key), Locale.ROOT).format(arguments);
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

    /** "50 KB", "20 MB", "1.2 GB": thousands, as disks are sold. */
    static String bytes(long count) {
        if (count < 1000) {
            return count + "\u00a0B";
        }
        String[] units = {"KB", "MB", "GB", "TB"};
        double value = count;
        int unit = -1;
        while (value >= 999.5 && unit < units.length - 1) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, value < 9.95 ? "%.1f\u00a0%s" : "%.0f\u00a0%s", value, units[unit]);
    }
}
