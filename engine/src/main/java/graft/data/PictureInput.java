package graft.data;

import graft.Refusal;
import graft.onnx.ValueInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the shape of a network's input says about the pictures it takes.
 *
 * @param shape batch axis first; -1 for free axes
 */
public record PictureInput(long[] shape) {

    public static PictureInput of(ValueInfo input) {
        return new PictureInput(input.shape().orElse(List.of()).stream()
                .mapToLong(ValueInfo.Dim::size)
                .toArray());
    }

    /**
     * How pictures are prepared, as far as the file tells: its notes, else the shape, with x = pixel/255; empty where
     * nothing says how large pictures must be.
     *
     * @param notes of the network's file
     */
    public Optional<Preprocessing> preprocessing(Map<String, String> notes) {
        Optional<Preprocessing> noted = Preprocessing.fromMetadata(notes);
        if (noted.isPresent() || size(layout()) <= 0) {
            return noted;
        }
        float[] none = {0};
        return Optional.of(new Preprocessing(size(layout()), 1, none, new float[] {1}, channels(layout()), layout()));
    }

    /** Channels last where only the last axis can be colours. */
    public Layout layout() {
        return shape.length == 4 && !isColour(shape[1]) && isColour(shape[3]) ? Layout.NHWC : Layout.NCHW;
    }

    public Channels channels(Layout layout) {
        return shape.length == 4 && shape[layout == Layout.NCHW ? 1 : 3] == 1 ? Channels.GRAY : Channels.RGB;
    }

    /** Height in pixels; -1 where the shape leaves it open. */
    public int size(Layout layout) {
        return shape.length == 4 ? (int) shape[heightAxis(layout)] : -1;
    }

    /** Refuses a size that the network cannot take: said before thousands of pictures are read, not after. */
    public void check(int pixels, Layout layout) {
        if (shape.length != 4) {
            return;
        }
        int first = heightAxis(layout);
        for (int axis = first; axis < first + 2; axis++) {
            if (shape[axis] > 0 && shape[axis] != pixels) {
                throw new Refusal("The network takes pictures of " + shape[first] + " × " + shape[first + 1]
                        + " pixels (height × width), so they cannot be prepared at " + pixels + " × " + pixels
                        + ". Leave --size out to take the network's own size; a network whose input is not square"
                        + " cannot be given pictures yet.");
            }
        }
    }

    private static int heightAxis(Layout layout) {
        return layout == Layout.NCHW ? 2 : 1;
    }

    private static boolean isColour(long size) {
        return size == 1 || size == 3;
    }
}
