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
        Optional<PictureSize> size = size(layout());
        if (noted.isPresent() || size.isEmpty()) {
            return noted;
        }
        float[] none = {0};
        return Optional.of(new Preprocessing(1, 1, none, new float[] {1}, channels(layout()), layout())
                .ofSize(size.get().height(), size.get().width()));
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
