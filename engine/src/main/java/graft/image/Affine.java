package graft.image;

import graft.Refusal;
import graft.data.ViewRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * How far views are turned, shifted, scaled and slanted; the numbers of torchvision's {@code RandomAffine}.
 *
 * @param degrees turned by up to this many degrees either way
 * @param translate shifted by up to this share of the width, and of the height, either way
 * @param smallest the least number of times that lengths are scaled
 * @param largest the greatest
 * @param shear slanted along the rows by up to this many degrees either way
 */
public record Affine(double degrees, double translate, double smallest, double largest, double shear) {
    public static final Affine USUAL = new Affine(10, 0.1, 0.9, 1.1, 10);

    private static final String FORM = "affine:DEGREES:TRANSLATE:SCALE:SHEAR, for example affine:10:0.1:0.9-1.1:10";

    public Affine {
        check(degrees >= 0 && degrees <= 180, "turn by 0 to 180 degrees", degrees);
        check(translate >= 0 && translate <= 1, "shift by a share of the side from 0 to 1", translate);
        check(smallest >= 0.01 && smallest <= largest, "scale from 0.01 upwards, the smaller number first", smallest);
        check(largest <= 10, "scale by at most 10", largest);
        check(shear >= 0 && shear < 90, "slant by 0 to less than 90 degrees", shear);
    }

    private static void check(boolean holds, String can, double given) {
        if (!holds) {
            throw new Refusal(
                    "Affine views can " + can + "; " + brief(given) + " is no such number. Write " + FORM + ".");
        }
    }

    /** {@code DEGREES[:TRANSLATE[:SCALE[:SHEAR]]]}, SCALE as {@code 0.9-1.1}; what is not said is not done. */
    static Affine parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length > 4) {
            throw new Refusal("\"affine:" + text + "\" has more than four numbers. Write " + FORM + ".");
        }
        String[] scale = (parts.length > 2 ? parts[2] : "1").split("-", -1);
        if (scale.length > 2) {
            throw new Refusal("\"" + parts[2] + "\" is no range of scales. Write " + FORM + ".");
        }
        return new Affine(
                number(parts[0], text),
                parts.length > 1 ? number(parts[1], text) : 0,
                number(scale[0], text),
                number(scale[scale.length - 1], text),
                parts.length > 3 ? number(parts[3], text) : 0);
    }

    private static double number(String part, String whole) {
        try {
            return Double.parseDouble(part);
        } catch (NumberFormatException e) {
            throw new Refusal("\"affine:" + whole + "\": \"" + part + "\" is no number. Write " + FORM + ".", e);
        }
    }

    /** One view of a picture of this size. */
    Warp draw(ViewRandom random, int width, int height) {
        double turned = random.between(-degrees, degrees);
        double right = random.between(-translate, translate) * width;
        double down = random.between(-translate, translate) * height;
        double scale = random.between(smallest, largest);
        double slant = random.between(-shear, shear);
        return Warp.affine(turned, right, down, scale, slant, 0);
    }

    /** As {@link #parse} reads it, with all four numbers. */
    @Override
    public String toString() {
        List<String> words = new ArrayList<>(List.of(brief(degrees), brief(translate)));
        words.add(smallest == largest ? brief(smallest) : brief(smallest) + "-" + brief(largest));
        words.add(brief(shear));
        return String.join(":", words);
    }

    static String brief(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
