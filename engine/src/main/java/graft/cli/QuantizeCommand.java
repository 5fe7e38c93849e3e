package graft.cli;

import graft.Refusal;
import graft.data.DataSet;
import graft.inference.Batches;
import graft.meaning.Classifier;
import graft.meaning.CompleteNotes;
import graft.onnx.Model;
import graft.onnx.NetworkFile;
import graft.onnx.Values;
import graft.options.Settings;
import graft.progress.Progress;
import graft.quantize.QuantizationPlan;
import graft.quantize.QuantizationPlan.Granularity;
import graft.quantize.QuantizationPlan.Method;
import graft.quantize.QuantizationReport;
import graft.quantize.Quantizer;
import graft.run.PlanOptions;
import graft.task.JudgedData;
import graft.text.TokenizerFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code graft quantize}. */
@Command(name = "quantize", description = "Makes an int8 network (QDQ).", sortOptions = false)
final class QuantizeCommand extends GraftCommand<QuantizationReport> {
    private static final int BATCH = 16;

    @Option(
            names = "--network",
            required = true,
            paramLabel = "NET",
            converter = NetworkArgument.class,
            description = "The .onnx file.")
    private Path network;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The int8 .onnx file to write.")
    private Path out;

    @Option(
            names = "--calibrate",
            paramLabel = "DATA",
            description = "Examples whose train part gives the ranges; needed by the static method.")
    private Optional<Path> calibrate;

    @Mixin
    private NetworkOptions options;

    @Mixin
    private PreprocessingOptions preprocessing;

    @Override
    public List<graft.options.Option<?>> options() {
        return List.of(
                OwnOptions.CALIBRATION_EXAMPLES,
                OwnOptions.METHOD,
                OwnOptions.PER_CHANNEL,
                OwnOptions.CALIBRATION,
                PlanOptions.SKIP_UNREADABLE.in(OwnOptions.GROUP));
    }

    @Override
    protected QuantizationReport run(Progress progress) {
        Settings given = settings();
        Method method = given.get(OwnOptions.METHOD);
        // Weights that are only stored as int8 cost nothing more per channel, and depthwise ones are lost without it.
        Granularity granularity = given.get(OwnOptions.PER_CHANNEL) || method == Method.DYNAMIC
                ? Granularity.PER_CHANNEL
                : Granularity.PER_TENSOR;
        QuantizationPlan plan = new QuantizationPlan(method, granularity, given.get(OwnOptions.CALIBRATION));
        Calibrating calibrating = method == Method.DYNAMIC ? Calibrating.NONE : calibrating(given, progress);
        QuantizationReport made = Quantizer.quantizeFile(
                network, options.reading(), out, plan, calibrating.notes(), calibrating.examples(), progress);
        TokenizerFile.follow(network, NetworkFile.at(network).model(), out);
        return made;
    }

    /**
     * What ranges are taken from.
     *
     * @param notes on the preparation of the examples, and on classes
     */
    private record Calibrating(Iterable<Map<String, Values>> examples, Map<String, String> notes) {
        static final Calibrating NONE = new Calibrating(List.of(), Map.of());
    }

    private Calibrating calibrating(Settings given, Progress progress) {
        Path source =
                calibrate.orElseThrow(() -> new Refusal("The static method takes the ranges of the network's numbers"
                        + " from examples. Name a folder or an .npz file with --calibrate, or use --method dynamic."));
        NetworkFile file = NetworkFile.at(network);
        Classifier classifier = Classifier.of(network, file.model(), options.reading());
        Model model = classifier.model();
        DataSet data = JudgedData.open(
                source,
                network,
                file.model(),
                () -> preprocessing.forData(source, file, options.reading(), given),
                given,
                options.reading().inputs().keySet(),
                progress);
        preprocessing.lines().forEach(progress::note);
        DataSet fed = data.fedTo(classifier.file(), classifier.inputs());
        return new Calibrating(
                Batches.spread(
                        fed.train(),
                        model,
                        given.get(OwnOptions.CALIBRATION_EXAMPLES),
                        classifier.batch(fed.train(), BATCH, progress::note)),
                CompleteNotes.of(classifier, options.reading(), fed));
    }

    @Override
    protected void print(QuantizationReport result, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%d operators are int8; %,d bytes became %,d (%.2f).%n",
                result.nodesQuantized(),
                result.bytesBefore(),
                result.bytesAfter(),
                (double) result.bytesAfter() / result.bytesBefore());
        result.left()
                .forEach(
                        left -> out.println("Left as it was: " + left.op() + " " + left.node() + ": " + left.reason()));
    }
}
