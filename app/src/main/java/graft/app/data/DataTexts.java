package graft.app.data;

import graft.app.controls.Numbers;
import java.util.ResourceBundle;

/** The words of the Data screen. */
final class DataTexts {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.data");

    private DataTexts() {}

    static String text(String key, Object... values) {
        return values.length == 0 ? TEXTS.getString(key) : Numbers.message(TEXTS.getString(key), values);
    }
}
