package graft.cli;

import graft.Refusal;
import graft.data.Channels;
import graft.data.Layout;
import graft.data.Preprocessing;
import graft.onnx.Model;
import graft.onnx.ValueInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How pictures are prepared for a network whose file does not say so. What is given here wins over the file. */
final class PreprocessingOptions {
    @Option(names = "--size", paramLabel = "PIXELS", description = "Height and width of the network's input.")
    private Integer size;

    @Option(names = "--mean", paramLabel = "M[,M,M]", description = "Subtracted per channel (default: 0).")
    private String mean;

    @Option(names = "--std", paramLabel = "S[,S,S]", description = "Divided by per channel (default: 1).")
    private String std;

    @Option(names = "--scale", description = "x = (pixel / 255 * scale - mean) / std (default: 1).")
    private Float scale;

    @Option(names = "--channels", description = "rgb, bgr or gray (default: rgb).")
    private Channels channels;

    @Option(names = "--layout", description = "nchw or nhwc (default: as the network's input).")
    private Layout layout;

    /** Empty for arrays, which are fed as they are, and where nothing says how large pictures must be. */
    Optional<Preprocessing> forData(Path source, Model network) {
        if (source.toString().endsWith(".npz")) {
            return Optional.empty();
        }
        long[] input = network.graph().inputs().get(0).shape().orElse(List.of()).stream()
                .mapToLong(ValueInfo.Dim::size)
                .toArray();
        return resolve(network.metadata(), input);
    }

    /**
     * @param metadata notes of the network's file
     * @param inputShape of the network, batch axis first; -1 for free axes
     * @return empty where neither says how large the input is
     */
    private Optional<Preprocessing> resolve(Map<String, String> metadata, long[] inputShape) {
        Optional<Preprocessing> noted = Preprocessing.fromMetadata(metadata);
        Layout axes = layout != null ? layout : noted.map(Preprocessing::layout).orElse(layoutOf(inputShape));
        Channels colours =
                channels != null ? channels : noted.map(Preprocessing::channels).orElse(channelsOf(inputShape, axes));
        int pixels = size != null ? size : noted.map(Preprocessing::size).orElse(sizeOf(inputShape, axes));
        if (pixels <= 0) {
            return Optional.empty();
        }
        checkSize(pixels, inputShape, axes);
        return Optional.of(new Preprocessing(
                pixels,
                scale != null ? scale : noted.map(Preprocessing::scale).orElse(1f),
                mean != null
                        ? numbers("--mean", mean)
                        : noted.map(Preprocessing::mean).orElse(new float[] {0}),
                std != null
                        ? numbers("--std", std)
                        : noted.map(Preprocessing::std).orElse(new float[] {1}),
                colours,
                axes));
    }

    private static float[] numbers(String option, String text) {
        try {
            return Preprocessing.numbers(text);
        } catch (NumberFormatException e) {
            throw new Refusal(
                    option
                            + " takes one number, or one per channel separated by commas, such as 0.485,0.456,0.406; it was "
                            + text + ".",
                    e);
        }
    }

    /** Said before thousands of pictures are read, not after. */
    private static void checkSize(int pixels, long[] inputShape, Layout layout) {
        if (inputShape.length != 4) {
            return;
        }
        int first = layout == Layout.NCHW ? 2 : 1;
        for (int axis = first; axis < first + 2; axis++) {
            if (inputShape[axis] > 0 && inputShape[axis] != pixels) {
                throw new Refusal("The network takes pictures of " + inputShape[first] + " × " + inputShape[first + 1]
                        + " pixels (height × width), so they cannot be prepared at " + pixels + " × " + pixels
                        + ". Leave --size out to take the network's own size; a network whose input is not square"
                        + " cannot be given pictures yet.");
            }
        }
    }

    private static boolean isColour(long size) {
        return size == 1 || size == 3;
    }

    private static Layout layoutOf(long[] shape) {
        return shape.length == 4 && !isColour(shape[1]) && isColour(shape[3]) ? Layout.NHWC : Layout.NCHW;
    }

    private static Channels channelsOf(long[] shape, Layout layout) {
        return shape.length == 4 && shape[layout == Layout.NCHW ? 1 : 3] == 1 ? Channels.GRAY : Channels.RGB;
    }

    private static int sizeOf(long[] shape, Layout layout) {
        return shape.length == 4 ? (int) shape[2 - (layout == Layout.NCHW ? 0 : 1)] : -1;
    }
}
