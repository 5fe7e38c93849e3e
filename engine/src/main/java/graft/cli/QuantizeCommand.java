package graft.cli;

import graft.Refusal;
import graft.data.DataOptions;
import graft.data.DataSet;
import graft.data.Examples;
import graft.deploy.CalibrationMethod;
import graft.deploy.QuantizationPlan;
import graft.deploy.QuantizationPlan.Granularity;
import graft.deploy.QuantizationPlan.Method;
import graft.deploy.QuantizationReport;
import graft.deploy.Quantizer;
import graft.image.ImageData;
import graft.image.Preprocessing;
import graft.inference.Batches;
import graft.meaning.Classifier;
import graft.onnx.ElementType;
import graft.onnx.Model;
import graft.onnx.Values;
import graft.progress.Progress;
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

    @Option(names = "--calibration-examples", defaultValue = "200", description = "At most so many (default: 200).")
    private int calibrationExamples;

    @Option(
            names = "--method",
            defaultValue = "static",
            description = "static (ranges from examples) or dynamic (default: static).")
    private Method method;

    @Option(
            names = "--per-channel",
            description = "One scale per output channel of each weight; the dynamic method always has.")
    private boolean perChannel;

    @Option(
            names = "--calibration",
            defaultValue = "minmax",
            description = "minmax, entropy or percentile (default: minmax).")
    private CalibrationMethod calibration;

    @Option(names = "--skip-unreadable", description = "Leave out pictures that cannot be read.")
    private boolean skipUnreadable;

    @Mixin
    private NetworkOptions options;

    @Mixin
    private PreprocessingOptions preprocessing;

    @Override
    protected QuantizationReport run(Progress progress) {
        // Weights that are only stored as int8 cost nothing more per channel, and depthwise ones are lost without it.
        Granularity granularity =
                perChannel || method == Method.DYNAMIC ? Granularity.PER_CHANNEL : Granularity.PER_TENSOR;
        QuantizationPlan plan = new QuantizationPlan(method, granularity, calibration);
        return Quantizer.quantizeFile(network, options.reading(), out, plan, examples(progress), progress);
    }

    private Iterable<Map<String, Values>> examples(Progress progress) {
        if (method == Method.DYNAMIC) {
            return List.of();
        }
        Path source =
                calibrate.orElseThrow(() -> new Refusal("The static method takes the ranges of the network's numbers"
                        + " from examples. Name a folder or an .npz file with --calibrate, or use --method dynamic."));
        Classifier classifier = Classifier.read(network, options.reading());
        Model model = classifier.model();
        Optional<Preprocessing> prepared = preprocessing.forData(source, network, options.reading(), progress);
        preprocessing.lines().forEach(progress::note);
        DataSet data =
                ImageData.open(source, prepared, DataOptions.forJudging(model.metadata(), skipUnreadable), progress);
        Examples examples =
                data.as(classifier.input().type().orElse(ElementType.FLOAT)).train();
        return Batches.spread(examples, model, calibrationExamples, classifier.batch(examples, BATCH, progress::note));
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
