package graft.image;

import graft.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How training pictures are varied.
 *
 * @param flip half of the views are mirrored left to right
 * @param crop a random part (25 to 100 % of the area, sides 3:4 to 4:3) is scaled to the network's size
 * @param color brightness, contrast and saturation each vary by up to 30 %
 * @param rotate turned by up to this many degrees either way; 0 = off
 */
public record Augmentation(boolean flip, boolean crop, boolean color, double rotate) {
    public static final Augmentation NONE = new Augmentation(false, false, false, 0);

    private static final double USUAL_DEGREES = 15;

    public Augmentation {
        if (!(rotate >= 0 && rotate <= 180)) {
            throw new Refusal("Pictures can be rotated by 0 to 180 degrees, not by " + rotate + ".");
        }
    }

    /** A comma-separated list of {@code flip}, {@code crop}, {@code color}, {@code rotate[:DEGREES]}; or {@code none}. */
    public static Augmentation parse(String spec) {
        boolean flip = false;
        boolean crop = false;
        boolean color = false;
        double rotate = 0;
        for (String part : spec.split(",")) {
            String word = part.strip().toLowerCase(Locale.ROOT);
            if (word.equals("flip")) {
                flip = true;
            } else if (word.equals("crop")) {
                crop = true;
            } else if (word.equals("color") || word.equals("colour")) {
                color = true;
            } else if (word.equals("rotate")) {
                rotate = USUAL_DEGREES;
            } else if (word.startsWith("rotate:")) {
                rotate = degrees(word.substring("rotate:".length()));
            } else if (!word.isEmpty() && !word.equals("none")) {
                throw new Refusal(
                        "There is no augmentation \"" + part.strip()
                                + "\". Choose from flip, crop, color, rotate and rotate:DEGREES, separated by commas, or none.");
            }
        }
        return new Augmentation(flip, crop, color, rotate);
    }

    private static double degrees(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new Refusal("\"rotate:" + text + "\" names no number of degrees. Write for example rotate:15.", e);
        }
    }

    public boolean isNone() {
        return !flip && !crop && !color && rotate == 0;
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        List<String> words = new ArrayList<>();
        if (flip) {
            words.add("flip");
        }
        if (crop) {
            words.add("crop");
        }
        if (color) {
            words.add("color");
        }
        if (rotate > 0) {
            words.add("rotate:" + (rotate == Math.rint(rotate) ? Long.toString((long) rotate) : rotate));
        }
        return words.isEmpty() ? "none" : String.join(",", words);
    }
}
