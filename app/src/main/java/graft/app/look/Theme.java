package graft.app.look;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import javafx.application.Application;

/** The colours of every window, dialog and popup of the program. */
public enum Theme {
    LIGHT,
    DARK;

    private static final double USUAL_SIZE = 13;

    /** Puts on this theme, with texts of the usual size. */
    public void wear() {
        wear(1);
    }

    /** @param textSize as a multiple of the usual one */
    public void wear(double textSize) {
        Application.setUserAgentStylesheet(textSize == 1 ? file() : enlarged(textSize));
    }

    private String file() {
        return Theme.class
                .getResource("/graft/app/look/" + name().toLowerCase(Locale.ROOT) + ".css")
                .toExternalForm();
    }

    /** Popups and dialogs have roots of their own: only a style sheet reaches all of them. */
    private String enlarged(double textSize) {
        String css = String.format(
                Locale.ROOT, "@import \"%s\";\n.root { -fx-font-size: %.2fpx; }", file(), USUAL_SIZE * textSize);
        return "data:text/css;base64," + Base64.getEncoder().encodeToString(css.getBytes(StandardCharsets.UTF_8));
    }
}
