package graft.image;

import graft.Refusal;
import graft.onnx.ValueInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * What the shape of a network's input says about the pictures it takes.
 *
 * @param name of the input
 * @param shape batch axis first; -1 for free axes; empty where the file does not say
 * @param whole whether it takes whole numbers, which then are the pixels themselves, 0…255
 */
public record PictureInput(String name, long[] shape, boolean whole) {

    public static PictureInput of(ValueInfo input) {
        return new PictureInput(
                input.name(),
                input.shape().orElse(List.of()).stream()
                        .mapToLong(dim -> dim.isFixed() ? dim.size() : -1)
                        .toArray(),
                input.type().filter(type -> !type.isFloat()).isPresent());
    }

    /** Whether pictures can go in, as far as the file says. */
    public boolean mayBePictures() {
        return shape.length == 0 || shape.length == 4;
    }

    /** Whether it takes three colours as numbers that are no pixels themselves. */
    public boolean takesFractionsOfColours() {
        return mayBePictures()
                && !whole
                && !isAmbiguous()
                && (shape.length == 0 || shape[layout() == Layout.NCHW ? 1 : 3] == 3);
    }

    /** Refuses an input that no picture can go into, in its own words. */
    public void requirePictures(Path file) {
        if (!mayBePictures()) {
            throw new Refusal(file + " takes " + inWords() + ", not pictures. Give it an .npz file with arrays of that"
                    + " shape: x_train, y_train, x_val and y_val.");
        }
    }

    /** "[N, 4]". */
    public String inWords() {
        StringJoiner words = new StringJoiner(", ", "[", "]");
        for (int axis = 0; axis < shape.length; axis++) {
            words.add(shape[axis] >= 0 ? Long.toString(shape[axis]) : axis == 0 ? "N" : "any");
        }
        return words.toString();
    }

    /** What a pixel of full brightness is, as far as the input tells. */
    public float scale() {
        return whole ? 255 : 1;
    }

    /** Whether the axis behind the batch and the last one could both be colours: 3 × 3 pixels, or 3 × 1. */
    public boolean isAmbiguous() {
        return shape.length == 4 && isColour(shape[1]) && isColour(shape[3]);
    }

    /** Channels last where only the last axis can be colours. */
    public Layout layout() {
        return shape.length == 4 && !isColour(shape[1]) && isColour(shape[3]) ? Layout.NHWC : Layout.NCHW;
    }

    public Channels channels(Layout layout) {
        return shape.length == 4 && shape[layout == Layout.NCHW ? 1 : 3] == 1 ? Channels.GRAY : Channels.RGB;
    }

    /** Empty where the shape leaves it open. */
    public Optional<PictureSize> size(Layout layout) {
        if (shape.length != 4) {
            return Optional.empty();
        }
        int height = (int) shape[heightAxis(layout)];
        int width = (int) shape[heightAxis(layout) + 1];
        return height > 0 && width > 0 ? Optional.of(new PictureSize(height, width)) : Optional.empty();
    }

    /** Refuses a size that the network cannot take: said before thousands of pictures are read, not after. */
    public void check(PictureSize wanted, Layout layout) {
        if (shape.length != 4) {
            return;
        }
        int first = heightAxis(layout);
        boolean fits = (shape[first] <= 0 || shape[first] == wanted.height())
                && (shape[first + 1] <= 0 || shape[first + 1] == wanted.width());
        if (!fits) {
            throw new Refusal("The network takes pictures of " + side(shape[first]) + " × " + side(shape[first + 1])
                    + " pixels (height × width), so they cannot be prepared at " + wanted.height() + " × "
                    + wanted.width() + ". Leave --size out to take the network's own size.");
        }
    }

    private static String side(long pixels) {
        return pixels > 0 ? Long.toString(pixels) : "any";
    }

    private static int heightAxis(Layout layout) {
        return layout == Layout.NCHW ? 2 : 1;
    }

    private static boolean isColour(long size) {
        return size == 1 || size == 3;
    }
}
