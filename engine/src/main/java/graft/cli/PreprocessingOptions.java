package graft.cli;

import graft.Refusal;
import graft.image.Channels;
import graft.image.Layout;
import graft.image.PictureInput;
import graft.image.PictureSize;
import graft.image.Preprocessing;
import graft.image.Resizing;
import graft.meaning.FixedInputs;
import graft.meaning.NotedPreparation;
import graft.meaning.Reading;
import graft.onnx.Model;
import graft.onnx.OnnxFile;
import graft.onnx.ValueInfo;
import graft.progress.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How pictures are prepared for a network whose file does not say so. What is given here wins over the file. */
@Heading("How pictures are prepared, where the network's file does not say it or is to be overruled")
final class PreprocessingOptions {
    @Option(
            names = "--size",
            paramLabel = "PIXELS",
            converter = SizeConverter.class,
            description = "Height and width of the network's input: 224, or 224x320 (height x width).")
    private PictureSize size;

    @Option(
            names = "--resize",
            paramLabel = "HOW",
            converter = ResizingConverter.class,
            description = "cover:256 (the shorter side becomes 256, then the middle is cut out), cover:256x366, or"
                    + " stretch, which does not keep proportions (default: cover, by 256/224 larger than --size).")
    private Resizing resizing;

    @Option(names = "--mean", paramLabel = "M[,M,M]", description = "Subtracted per channel (default: 0).")
    private String mean;

    @Option(names = "--std", paramLabel = "S[,S,S]", description = "Divided by per channel (default: 1).")
    private String std;

    @Option(names = "--scale", description = "x = (pixel / 255 * scale - mean) / std (default: 1).")
    private Float scale;

    @Option(names = "--channels", description = "rgb, bgr or gray (default: rgb).")
    private Channels channels;

    private final List<String> lines = new ArrayList<>();

    @Option(names = "--layout", description = "nchw or nhwc (default: as the network's input).")
    private Layout layout;

    /** Empty for arrays, which are fed as they are, and where nothing says how large pictures must be. */
    Optional<Preprocessing> forData(Path source, Path file, Reading reading, Progress progress) {
        Model network = OnnxFile.read(file);
        if (source.toString().endsWith(".npz")) {
            return Optional.empty();
        }
        ValueInfo input = FixedInputs.only(
                file,
                FixedInputs.apply(file, network, reading.inputs(), new ArrayList<>())
                        .graph());
        return Optional.of(resolve(file, NotedPreparation.of(file, network, input), PictureInput.of(input)));
    }

    /** For the user: where the preparation comes from, and what of it is assumed; known once it was asked for. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    private Preprocessing resolve(Path file, NotedPreparation told, PictureInput input) {
        input.requirePictures(file);
        Optional<Preprocessing> noted = told.whole();
        if (layout == null && noted.isEmpty() && input.isAmbiguous()) {
            throw new Refusal(
                    file + " takes inputs of the shape " + input.inWords() + ", in which the colours may stand first"
                            + " or last. Say which with --layout nchw (first) or --layout nhwc (last).");
        }
        Layout axes = layout != null ? layout : noted.map(Preprocessing::layout).orElse(input.layout());
        Channels colours = channels != null
                ? channels
                : noted.map(Preprocessing::channels).or(told::channels).orElse(input.channels(axes));
        Optional<PictureSize> pixels = size != null
                ? Optional.of(size)
                : noted.map(how -> new PictureSize(how.height(), how.width()))
                        .or(() -> input.size(axes))
                        .or(told::size);
        if (pixels.isEmpty()) {
            throw new Refusal(
                    file + " does not say how pictures are to be prepared for it. Give at least --size (the height"
                            + " and width of its input: 224, or 224x320), and --mean, --std, --scale, --channels and --layout where"
                            + " they differ from 0, 1, 1, rgb and nchw.");
        }
        int height = pixels.get().height();
        int width = pixels.get().width();
        input.check(pixels.get(), axes);
        Optional<Resizing> toldResizing = noted.isPresent()
                ? noted.filter(how -> how.height() == height && how.width() == width)
                        .map(Preprocessing::resizing)
                : told.resizing()
                        .filter(any -> told.size().filter(pixels.get()::equals).isPresent());
        boolean ranged = mean != null || std != null || scale != null;
        Preprocessing how = new Preprocessing(
                height,
                width,
                resizing != null ? resizing : toldResizing.orElse(Resizing.usual(height, width)),
                scale != null
                        ? scale
                        : noted.map(Preprocessing::scale).or(told::scale).orElse(input.scale()),
                mean != null
                        ? numbers("--mean", mean)
                        : noted.map(Preprocessing::mean)
                                .or(() -> told.mean().filter(any -> scale == null))
                                .orElse(new float[] {0}),
                std != null
                        ? numbers("--std", std)
                        : noted.map(Preprocessing::std)
                                .or(() -> told.std().filter(any -> scale == null))
                                .orElse(new float[] {1}),
                colours,
                axes);
        lines.clear();
        if (!ranged) {
            lines.addAll(told.lines());
        }
        if (!ranged && !told.saysRange() && !input.whole()) {
            lines.add("The file does not say how its pictures are prepared; assumed is " + how
                    + ", x = (pixel / 255 * scale - mean) / std. A wrong choice costs accuracy: --scale, --mean, --std,"
                    + " --channels.");
        }
        return how;
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

    private static final class SizeConverter implements ITypeConverter<PictureSize> {
        @Override
        public PictureSize convert(String text) {
            try {
                return PictureSize.parse(text);
            } catch (NumberFormatException e) {
                throw new TypeConversionException("'" + text + "' is no size such as 224 or 224x320 (height x width)");
            }
        }
    }

    private static final class ResizingConverter implements ITypeConverter<Resizing> {
        @Override
        public Resizing convert(String text) {
            try {
                return Resizing.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(
                        "'" + text + "' is none of cover:256, cover:256x320 (height x width) and stretch");
            }
        }
    }
}
