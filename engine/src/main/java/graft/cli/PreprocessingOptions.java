package graft.cli;

import graft.Refusal;
import graft.data.Channels;
import graft.data.Layout;
import graft.data.PictureInput;
import graft.data.Preprocessing;
import graft.onnx.Model;
import java.nio.file.Path;
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
        return resolve(
                network.metadata(), PictureInput.of(network.graph().inputs().get(0)));
    }

    /** Empty where neither the notes of the file nor its input say how large pictures are. */
    private Optional<Preprocessing> resolve(Map<String, String> metadata, PictureInput input) {
        Optional<Preprocessing> noted = Preprocessing.fromMetadata(metadata);
        Layout axes = layout != null ? layout : noted.map(Preprocessing::layout).orElse(input.layout());
        Channels colours =
                channels != null ? channels : noted.map(Preprocessing::channels).orElse(input.channels(axes));
        int pixels = size != null ? size : noted.map(Preprocessing::size).orElse(input.size(axes));
        if (pixels <= 0) {
            return Optional.empty();
        }
        input.check(pixels, axes);
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
}
