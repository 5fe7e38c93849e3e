package graft.cli;

import graft.Refusal;
import graft.evaluate.Pictures;
import graft.explain.Explainer;
import graft.explain.Explanation;
import graft.explain.Method;
import graft.explain.Overlay;
import graft.explain.WordWeights;
import graft.explain.WordsPage;
import graft.files.OutputPlace;
import graft.meaning.Reading;
import graft.onnx.NetworkFile;
import graft.options.Option;
import graft.progress.Progress;
import graft.text.TextInputs;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code graft explain}. */
@Command(
        name = "explain",
        description = "Shows what in a picture, or which words of a text, an answer rests on.",
        sortOptions = false)
final class ExplainCommand extends GraftCommand<Record> {
    @CommandLine.Option(
            names = "--network",
            required = true,
            paramLabel = "NET",
            converter = NetworkArgument.class,
            description = "The .onnx file.")
    private Path network;

    @Parameters(arity = "0..1", paramLabel = "IMAGE", description = "A picture.")
    private Optional<Path> picture;

    @CommandLine.Option(names = "--text", paramLabel = "TEXT", description = "A text, for a network that reads texts.")
    private Optional<String> text;

    @CommandLine.Option(
            names = "--text-pair",
            paramLabel = "TEXT",
            description = "The second text, for a network that reads two together.")
    private Optional<String> second;

    @CommandLine.Option(
            names = "--class",
            paramLabel = "CLASS",
            description = "The class that is explained, by its name or number (default: the one that is answered).")
    private Optional<String> className;

    @CommandLine.Option(
            names = "--out",
            paramLabel = "FILE",
            description =
                    "Write the picture, with the map over it, there (.png); of a text a page for a browser (.html).")
    private Optional<Path> out;

    @Mixin
    private NetworkOptions options;

    @Mixin
    private ClassNamesOption classes;

    @Mixin
    private PreprocessingOptions preprocessing;

    @Override
    public List<Option<?>> options() {
        return List.of(OwnOptions.EXPLAINED_BY);
    }

    @Override
    protected Record run(Progress progress) {
        Reading reading = classes.of(options.reading());
        NetworkFile file = NetworkFile.at(network);
        Method method = settings().get(OwnOptions.EXPLAINED_BY);
        if (TextInputs.areOf(file.model().graph())) {
            return words(file, reading, method, progress);
        }
        Path shown = picture.filter(given -> text.isEmpty() && second.isEmpty())
                .orElseThrow(() -> new Refusal(network + " reads pictures. Name one to be explained, and no --text."));
        out.ifPresent(place -> {
            if (!place.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
                throw new Refusal("The picture with the map is written as PNG, and " + place
                        + " does not end in .png. Name such a file with --out.");
            }
            OutputPlace.checkFile(place, Pictures::isOurs, network, shown);
        });
        Explainer explainer = new Explainer(file, reading, preprocessing.forPictures(file, reading, settings()));
        preprocessing.lines().forEach(progress::note);
        Explanation found = explainer.explain(shown, className, method, progress);
        found.remarks().forEach(progress::note);
        out.ifPresent(place -> Overlay.write(found, place));
        return found;
    }

    private WordWeights words(NetworkFile file, Reading reading, Method method, Progress progress) {
        String asked = text.filter(given -> picture.isEmpty())
                .orElseThrow(() -> new Refusal(network + " reads texts. Give one with --text, and no picture."));
        if (method == Method.GRAD_CAM) {
            throw new Refusal("Grad-CAM makes maps of pictures; " + network
                    + " reads texts. Leave --method out: then words are left out, one after the other.");
        }
        out.ifPresent(place -> {
            if (!place.toString().toLowerCase(Locale.ROOT).matches(".*\\.html?")) {
                throw new Refusal("Of a text a page for a browser is written, and " + place
                        + " does not end in .html. Name such a file with --out.");
            }
            OutputPlace.checkFile(place, WordsPage::isOurs, network);
        });
        WordWeights found = WordWeights.of(file, reading, asked, second, className, progress);
        out.ifPresent(place -> WordsPage.write(found, place));
        found.remarks().forEach(progress::note);
        return found;
    }

    @Override
    protected void print(Record result, PrintWriter printed) {
        if (result instanceof WordWeights words) {
            printed.printf(Locale.ROOT, "%s, %.1f %%%n", words.className(), 100 * words.probability());
            printed.println("what it loses without the word (+ speaks for it, - against it):");
            words.words()
                    .forEach(word -> printed.printf(
                            Locale.ROOT,
                            second.isPresent() ? "%+7.3f  %s  (text %d)%n" : "%+7.3f  %s%n",
                            word.weight(),
                            word.text(),
                            word.of()));
            out.ifPresent(file -> printed.println("Written: " + file));
        } else if (result instanceof Explanation picture) {
            printed.println(picture.headline());
            if (!picture.answer().equals(picture.className())) {
                printed.println("The network answers " + picture.answer() + ".");
            }
            printed.println(
                    out.map(file -> "Written: " + file).orElse("--out FILE.png shows where; --json tells the map."));
        }
    }
}
