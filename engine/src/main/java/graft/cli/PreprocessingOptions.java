package graft.cli;

import graft.Refusal;
import graft.data.OneInput;
import graft.image.Channels;
import graft.image.Layout;
import graft.image.PictureInput;
import graft.image.PictureSample;
import graft.image.PictureSize;
import graft.image.Preprocessing;
import graft.image.Resizing;
import graft.meaning.FixedInputs;
import graft.meaning.NotedPreparation;
import graft.meaning.Reading;
import graft.onnx.Model;
import graft.onnx.NetworkFile;
import graft.onnx.ValueInfo;
import graft.options.Group;
import graft.options.Kinds;
import graft.options.Option;
import graft.options.Range;
import graft.options.Settings;
import graft.preparation.MeasuredPreparation;
import graft.progress.Progress;
import graft.task.JudgedData;
import graft.text.NoTexts;
import graft.text.TextInputs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Command;

/** How pictures are prepared for a network whose file does not say so. What is given here wins over the file. */
@Command
final class PreprocessingOptions implements Offering {
    private static final Group GROUP = new Group(
            "preprocessing",
            "How pictures are prepared, where the network's file does not say it or is to be overruled");
    private static final Range SIDE = Range.whole(1, 8192);

    private static final Option<PictureSize> SIZE = Option.of(
            "size",
            new Kinds.Form<>(
                    PictureSize.class,
                    "PIXELS",
                    "224, or 224x320 (height x width), each side " + SIDE,
                    PreprocessingOptions::size,
                    size -> SIDE.complaint(size.height()).or(() -> SIDE.complaint(size.width()))),
            null,
            GROUP,
            "Size",
            "Height and width of the network's input: 224, or 224x320 (height x width).");

    private static final Option<Resizing> RESIZE = Option.of(
            "resize",
            new Kinds.Form<>(
                    Resizing.class, "HOW", "cover:SIDE, cover:HEIGHTxWIDTH or stretch", PreprocessingOptions::resizing),
            null,
            GROUP,
            "Resizing",
            "cover:256 (the shorter side becomes 256, then the middle is cut out), cover:256x366, or stretch, which does"
                    + " not keep proportions (default: cover, by 256/224 larger than --size).");

    private static final Option<String> MEAN = Option.of(
            "mean", perChannel("M[,M,M]", Range.finite()), null, GROUP, "Mean", "Subtracted per channel (default: 0).");

    private static final Option<String> STD = Option.of(
            "std",
            perChannel("S[,S,S]", Range.above0(Float.MAX_VALUE)),
            null,
            GROUP,
            "Standard deviation",
            "Divided by per channel (default: 1).");

    private static final Option<Float> SCALE = Option.of(
            "scale",
            new Kinds.Numeric<>(Range.above0(Float.MAX_VALUE), "X", Float::valueOf),
            null,
            GROUP,
            "Scale",
            "x = (pixel / 255 * scale - mean) / std (default: 1).");

    private static final Option<Channels> CHANNELS = Option.of(
            "channels",
            new Kinds.Choice<>(Channels.class),
            null,
            GROUP,
            "Channels",
            "rgb, bgr or gray (default: rgb).");

    private static final Option<Layout> LAYOUT = Option.of(
            "layout",
            new Kinds.Choice<>(Layout.class),
            null,
            GROUP,
            "Layout",
            "nchw or nhwc (default: as the network's input).");

    private final List<String> lines = new ArrayList<>();

    @Override
    public List<Option<?>> options() {
        return List.of(SIZE, RESIZE, MEAN, STD, SCALE, CHANNELS, LAYOUT);
    }

    /**
     * Empty for what is no pictures.
     *
     * @throws Refusal where the network reads texts and these are none
     */
    Optional<Preprocessing> forData(Path source, NetworkFile opened, Reading reading, Settings given) {
        if (!JudgedData.task(source, opened.model(), given).reading().takesPictures(source)) {
            refuseForTexts(opened, given);
            return Optional.empty();
        }
        if (TextInputs.areOf(opened.model().graph())) {
            throw NoTexts.of(source, opened.path());
        }
        return Optional.of(forPictures(
                opened,
                reading,
                given,
                size -> PictureSample.ofClasses(
                        source, MeasuredPreparation.pictures(opened.path()), size, Progress.NONE)));
    }

    /** The same for pictures of which nobody says what is on them. */
    Preprocessing forPictures(NetworkFile opened, Reading reading, Settings given, List<Path> pictures) {
        return forPictures(
                opened,
                reading,
                given,
                size -> PictureSample.of(pictures, MeasuredPreparation.pictures(opened.path()), size, Progress.NONE));
    }

    private void refuseForTexts(NetworkFile opened, Settings given) {
        List<String> meant = options().stream()
                .filter(option -> given.given(option).isPresent())
                .map(Option::name)
                .toList();
        if (!meant.isEmpty() && TextInputs.areOf(opened.model().graph())) {
            throw new Refusal(opened.path() + " reads texts, and " + String.join(", ", meant)
                    + (meant.size() == 1 ? " says" : " say") + " how pictures are prepared. Leave "
                    + (meant.size() == 1 ? "it" : "them") + " away.");
        }
    }

    /** @throws Refusal where the network takes no pictures, or nothing says how large they must be */
    Preprocessing forPictures(NetworkFile opened, Reading reading, Settings given) {
        return forPictures(opened, reading, given, List.of());
    }

    private Preprocessing forPictures(
            NetworkFile opened, Reading reading, Settings given, Function<Preprocessing, PictureSample> pictures) {
        Path file = opened.path();
        Model network = opened.model();
        if (TextInputs.areOf(network.graph())) {
            throw new Refusal(
                    file + " reads texts, no pictures. Give it a table of texts (.csv, .tsv, .jsonl) or folders"
                            + " <class>/*.txt, or choose a network for pictures.");
        }
        ValueInfo input = OneInput.of(
                file,
                FixedInputs.apply(file, network, reading.inputs(), new ArrayList<>())
                        .graph()
                        .inputs());
        NotedPreparation told = NotedPreparation.of(file, network, input);
        PictureInput shape = PictureInput.of(input);
        Preprocessing how = resolve(file, told, shape, given);
        return isGuess(told, shape, given) ? guessed(opened, reading, told, how, given, pictures) : how;
    }

    /** Whether neither the file nor the user says what range of numbers the network takes. */
    private static boolean isGuess(NotedPreparation told, PictureInput input, Settings given) {
        return given.get(MEAN) == null
                && given.get(STD) == null
                && given.get(SCALE) == null
                && !told.saysRange()
                && !input.whole();
    }

    private Preprocessing guessed(
            NetworkFile opened,
            Reading reading,
            NotedPreparation told,
            Preprocessing assumed,
            Settings given,
            Function<Preprocessing, PictureSample> pictures) {
        Optional<MeasuredPreparation> measured =
                given.get(CHANNELS) == null && told.channels().isEmpty()
                        ? measured(opened, reading, told, assumed, pictures)
                        : Optional.empty();
        Preprocessing how = measured.map(MeasuredPreparation::how).orElse(assumed);
        lines.add(
                told.guess().orElseThrow()
                        + measured.map(each -> " Tried on your pictures, " + each.evidence() + ".")
                                .orElse("") + " Assumed is "
                        + how
                        + ", x = (pixel / 255 * scale - mean) / std. A wrong choice costs accuracy: --scale, --mean, --std, --channels.");
        return how;
    }

    private static Optional<MeasuredPreparation> measured(
            NetworkFile opened,
            Reading reading,
            NotedPreparation told,
            Preprocessing assumed,
            Function<Preprocessing, PictureSample> pictures) {
        PictureSample sample;
        try {
            sample = pictures.apply(assumed);
        } catch (Refusal unreadable) {
            return Optional.empty(); // whoever opens the data says why, with what to do about it
        }
        return MeasuredPreparation.of(opened, reading, assumed, told.blocks().isPresent(), sample, 0, Progress.NONE);
    }

    /** For the user: where the preparation comes from, and what of it is assumed; known once it was asked for. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    private Preprocessing resolve(Path file, NotedPreparation told, PictureInput input, Settings given) {
        PictureSize size = given.get(SIZE);
        Resizing resizing = given.get(RESIZE);
        String mean = given.get(MEAN);
        String std = given.get(STD);
        Float scale = given.get(SCALE);
        Channels channels = given.get(CHANNELS);
        Layout layout = given.get(LAYOUT);
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
                        ? Preprocessing.numbers(mean)
                        : noted.map(Preprocessing::mean)
                                .or(() -> told.mean().filter(any -> scale == null))
                                .orElse(new float[] {0}),
                std != null
                        ? Preprocessing.numbers(std)
                        : noted.map(Preprocessing::std)
                                .or(() -> told.std().filter(any -> scale == null))
                                .orElse(new float[] {1}),
                colours,
                axes);
        lines.clear();
        if (!ranged) {
            lines.addAll(told.lines());
        }
        return how;
    }

    private static PictureSize size(String text) {
        try {
            return PictureSize.parse(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no size such as 224 or 224x320 (height x width)", e);
        }
    }

    private static Resizing resizing(String text) {
        try {
            return Resizing.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is none of cover:256, cover:256x320 (height x width) and stretch", e);
        }
    }

    private static Kinds.Text perChannel(String label, Range range) {
        return new Kinds.Text(label, "one number, or one per channel: each " + range, text -> {
            float[] numbers;
            try {
                numbers = Preprocessing.numbers(text);
            } catch (NumberFormatException e) {
                numbers = new float[0];
            }
            if (numbers.length != 1 && numbers.length != 3) {
                throw new Refusal("\"" + text
                        + "\" is neither one number nor three, one per channel, such as 0.485,0.456,0.406.");
            }
            for (float number : numbers) {
                range.complaint(number).ifPresent(words -> {
                    throw new Refusal("each number " + words + ".");
                });
            }
        });
    }
}
