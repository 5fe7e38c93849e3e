package graft.cli;

import graft.Refusal;
import graft.files.AtomicFile;
import graft.files.OutputFolder;
import graft.files.OutputPlace;
import graft.image.AugmentedViews;
import graft.image.Picture;
import graft.image.Preprocessing;
import graft.onnx.NetworkFile;
import graft.progress.Progress;
import graft.run.PlanOptions;
import graft.task.DataEdits;
import graft.task.Listing.Listed;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code graft data preview-augmentation}. */
@Command(
        name = "preview-augmentation",
        description = "Writes versions of a picture as training would show them to a network.",
        sortOptions = false)
final class AugmentationCommand extends GraftCommand<AugmentationCommand.Preview> {
    private static final graft.options.Option<Integer> VIEWS =
            graft.options.Option.whole("versions", 1, 1000, 6, OwnOptions.GROUP, "Versions", "How many.");

    @Option(names = "--data", required = true, paramLabel = "DATA", description = DataArguments.SOURCES)
    private List<Path> sources = new ArrayList<>();

    @Option(
            names = "--network",
            required = true,
            paramLabel = "NET",
            converter = NetworkArgument.class,
            description = "The network that is to be trained: pictures are prepared for it.")
    private Path network;

    @Mixin
    private NetworkOptions options;

    @Mixin
    private PreprocessingOptions preprocessing;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder to write them into.")
    private Path out;

    @Parameters(paramLabel = "NAME", description = "The picture, by its name as `graft data --examples` lists it.")
    private String name;

    @Spec
    private CommandSpec command;

    record Preview(String augment, List<Path> files) {}

    @Override
    public List<graft.options.Option<?>> options() {
        return List.of(PlanOptions.AUGMENT, PlanOptions.SEED, PlanOptions.VAL_SHARE, PlanOptions.TASK, VIEWS);
    }

    @Override
    protected Preview run(Progress progress) {
        DataEdits data = DataCommand.edits(sources, settings());
        if (!data.takesPictures()) {
            throw new Refusal(data.before().source() + " holds texts, of which there is one version only: there is no"
                    + " augmentation of texts. Name a folder of pictures.");
        }
        Listed example = data.find(List.of(name)).get(0);
        Preprocessing how =
                preprocessing.forPictures(NetworkFile.at(network), options.reading(), OptionSpecs.given(command));
        int count = settings().get(VIEWS);
        List<String> names = IntStream.rangeClosed(1, count)
                .mapToObj(i -> String.format("version-%03d.png", i))
                .toList();
        OutputPlace.checkFolder(out, names, file -> false, data.before().source(), network);
        List<Picture> views = AugmentedViews.of(
                example.file(),
                how,
                settings().get(PlanOptions.AUGMENT),
                settings().get(PlanOptions.SEED),
                1,
                count);
        List<Path> files = new ArrayList<>();
        try (OutputFolder made = OutputFolder.make(out)) {
            for (int i = 0; i < count; i++) {
                Path file = out.resolve(names.get(i));
                byte[] png = png(views.get(i));
                AtomicFile.write(file, stream -> stream.write(png));
                files.add(file);
            }
        }
        return new Preview(settings().get(PlanOptions.AUGMENT).toString(), files);
    }

    private static byte[] png(Picture picture) {
        BufferedImage image = new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
        byte[] pixels = picture.pixels();
        for (int i = 0; i < picture.width() * picture.height(); i++) {
            int rgb = 0;
            for (int band = 0; band < 3; band++) {
                rgb = rgb << 8 | pixels[i * picture.bands() + Math.min(band, picture.bands() - 1)] & 0xff;
            }
            image.setRGB(i % picture.width(), i / picture.width(), rgb);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException("memory can be written to", e);
        }
        return out.toByteArray();
    }

    @Override
    protected void print(Preview result, PrintWriter out) {
        out.println("Augmented by " + result.augment() + ":");
        result.files().forEach(out::println);
    }
}
