package graft.app.network;

import java.util.HashMap;
import java.util.Map;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.scene.text.Text;

/** The letters of the graph: how wide words are, and what of them fits. */
final class Lettering {
    static final Font TITLE = Font.font("System", FontWeight.BOLD, 13);
    static final Font DETAIL = Font.font("System", 11.5);

    private final Map<String, String> shortened = new HashMap<>();
    private final Map<String, Double> letters = new HashMap<>();

    /** Forgets what was shortened: another graph has other names. */
    void forget() {
        shortened.clear();
    }

    /** Names of layers differ at their ends: what does not fit is taken from the middle. */
    String fitted(String text, Font font, double room) {
        return shortened.computeIfAbsent(text + "\0" + font.getStyle() + (int) room, key -> {
            if (widthOf(text, font) <= room) {
                return text;
            }
            for (int keep = text.length() - 1; keep > 2; keep--) {
                String shorter = text.substring(0, keep / 2) + "…" + text.substring(text.length() - (keep - keep / 2));
                if (widthOf(shorter, font) <= room) {
                    return shorter;
                }
            }
            return "…";
        });
    }

    /** The sum of the letters' widths: laying out each text as it is shortened would take longer than all the drawing. */
    double widthOf(String words, Font font) {
        double width = 0;
        for (int i = 0; i < words.length(); i++) {
            width += letters.computeIfAbsent(font.getStyle() + words.charAt(i), key -> {
                Text text = new Text(key.substring(key.length() - 1));
                text.setFont(font);
                return text.getLayoutBounds().getWidth();
            });
        }
        return width;
    }
}
