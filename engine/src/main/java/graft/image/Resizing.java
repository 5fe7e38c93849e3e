package graft.image;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import graft.Refusal;
import java.util.Locale;

/**
 * How large a picture is made before the middle is cut out of it. Written {@code cover:HEIGHTxWIDTH}, {@code cover:SIDE} or
 * {@code stretch}.
 *
 * @param stretched whether it is scaled to exactly the input's height and width, its proportions lost
 * @param height else it keeps its proportions and becomes as small as still covers {@code height} × {@code width}; for equal
 *     ones that is: the shorter side becomes so long. Not rounded; 0 where stretched
 */
public record Resizing(boolean stretched, double height, double width) {
    /** Tiny pictures (digits, CIFAR) are used whole: a margin of 2 pixels would cut the object. */
    private static final int WITHOUT_MARGIN = 64;

    public static final Resizing STRETCH = new Resizing(true, 0, 0);

    /** What fits most networks: the input's size and a margin of 32/224 that is cut off; up to 64 pixels without margin. */
    public static Resizing usual(int height, int width) {
        return Math.min(height, width) <= WITHOUT_MARGIN
                ? cover(height, width)
                : cover(height * 256 / 224.0, width * 256 / 224.0);
    }

    public static Resizing cover(double height, double width) {
        return new Resizing(false, height, width);
    }

    /** @throws IllegalArgumentException where it is none of the three forms */
    @JsonCreator
    public static Resizing parse(String text) {
        String words = text.strip().toLowerCase(Locale.ROOT);
        if (words.equals("stretch")) {
            return STRETCH;
        }
        String[] sides = words.replaceFirst("^cover:", "").split("[x×]", -1);
        if (!words.startsWith("cover:") || sides.length > 2) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no way to resize: cover:256, cover:256x320 (height x width) or stretch");
        }
        double height = Double.parseDouble(sides[0].strip());
        return cover(height, sides.length == 2 ? Double.parseDouble(sides[1].strip()) : height);
    }

    /** The size of a picture after resizing. Halves are rounded to the even neighbour, as Python rounds. */
    PictureSize of(Picture picture, int inputHeight, int inputWidth) {
        if (stretched) {
            return new PictureSize(inputHeight, inputWidth);
        }
        double factor = Math.max(height / picture.height(), width / picture.width());
        return new PictureSize(
                Math.max(inputHeight, (int) Math.rint(picture.height() * factor)),
                Math.max(inputWidth, (int) Math.rint(picture.width() * factor)));
    }

    void check(int inputHeight, int inputWidth) {
        if (!stretched && !(Math.rint(height) >= inputHeight && Math.rint(width) >= inputWidth)) {
            throw new Refusal("Pictures that are resized to cover " + number(height) + " × " + number(width)
                    + " pixels are smaller than the input of " + inputHeight + " × " + inputWidth
                    + " that is cut out of them (height × width). Give --resize at least the input's size.");
        }
        if (!stretched && Math.max(height, width) > 4.0 * Math.max(inputHeight, inputWidth)) {
            throw new Refusal("Pictures that are resized to cover " + number(height) + " × " + number(width)
                    + " pixels are more than four times as large as the input of " + inputHeight + " × " + inputWidth
                    + " (height × width). Give --resize a size nearer to the input's.");
        }
    }

    static String number(double value) {
        return value == Math.rint(value) ? Integer.toString((int) value) : Double.toString(value);
    }

    @JsonValue
    @Override
    public String toString() {
        return stretched ? "stretch" : "cover:" + number(height) + (height == width ? "" : "x" + number(width));
    }
}
