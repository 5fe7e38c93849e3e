package graft.cli;

import graft.Refusal;
import graft.evaluate.LayerResponse;
import graft.evaluate.LayerResponse.Channel;
import graft.evaluate.Pictures;
import graft.evaluate.ResponsePicture;
import graft.files.OutputPlace;
import graft.image.Preprocessing;
import graft.meaning.Reading;
import graft.network.Importer;
import graft.network.Layer;
import graft.onnx.NetworkFile;
import graft.progress.Progress;
import graft.text.TextExample;
import graft.text.TextInputs;
import graft.worker.Response;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code graft response}. */
@Command(
        name = "response",
        description = "Shows what a layer of a network gives for an example: its strongest channels, as pictures.",
        sortOptions = false)
final class ResponseCommand extends GraftCommand<ResponseCommand.Shown> {
    @Option(
            names = "--network",
            required = true,
            paramLabel = "NET",
            converter = NetworkArgument.class,
            description = "The .onnx file.")
    private Path network;

    @Option(
            names = "--layer",
            required = true,
            paramLabel = "LAYER",
            description = "The layer; `graft layers NET` names them.")
    private String layer;

    @Parameters(arity = "0..1", paramLabel = "IMAGE", description = "A picture.")
    private Optional<Path> picture;

    @Option(names = "--text", paramLabel = "TEXT", description = "A text, for a network that reads texts.")
    private Optional<String> text;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the maps of the channels there (.png).")
    private Optional<Path> out;

    @Mixin
    private NetworkOptions options;

    @Mixin
    private PreprocessingOptions preprocessing;

    /**
     * One channel.
     *
     * @param strength mean magnitude
     */
    record ChannelLine(int channel, double strength, int height, int width) {}

    /** @param channels how many there are; the strongest are listed */
    record Shown(String layer, String tensor, int channels, List<ChannelLine> strongest) {}

    @Override
    protected Shown run(Progress progress) {
        Reading reading = options.reading();
        NetworkFile file = NetworkFile.at(network);
        boolean texts = TextInputs.areOf(file.model().graph());
        if (texts ? text.isEmpty() || picture.isPresent() : picture.isEmpty() || text.isPresent()) {
            throw new Refusal(network
                    + (texts
                            ? " reads texts. Give one with --text, and no picture."
                            : " reads pictures. Name one, and no --text."));
        }
        out.ifPresent(place -> OutputPlace.checkFile(place, Pictures::isOurs, network, picture.orElse(network)));
        Layer asked = Importer.open(network, reading).layers().stream()
                .filter(each -> each.name().equals(layer))
                .findFirst()
                .orElseThrow(() -> new Refusal(
                        network + " has no layer " + layer + ". `graft layers " + network + "` names them."));
        Optional<Preprocessing> how =
                texts ? Optional.empty() : Optional.of(preprocessing.forPictures(file, reading, settings()));
        preprocessing.lines().forEach(progress::note);
        LayerResponse found = Response.run(
                new Response.Plan(
                        network,
                        reading,
                        how,
                        picture.orElse(network),
                        text.map(ResponseCommand::example),
                        asked.output()),
                progress);
        out.ifPresent(place -> ResponsePicture.write(found, place));
        return new Shown(
                layer,
                asked.output(),
                found.channels(),
                found.strongest().stream().map(ResponseCommand::line).toList());
    }

    private static TextExample example(String words) {
        return new TextExample("--text", words, Optional.empty(), -1);
    }

    private static ChannelLine line(Channel channel) {
        return new ChannelLine(channel.number(), channel.strength(), channel.height(), channel.width());
    }

    @Override
    protected void print(Shown result, PrintWriter printed) {
        printed.printf(Locale.ROOT, "%s gives %d channels; the strongest:%n", result.layer(), result.channels());
        result.strongest()
                .forEach(each -> printed.printf(
                        Locale.ROOT,
                        "%5d  %-10.4g %dx%d%n",
                        each.channel(),
                        each.strength(),
                        each.height(),
                        each.width()));
        printed.println(out.map(place -> "Written: " + place).orElse("--out FILE.png shows them."));
    }
}
