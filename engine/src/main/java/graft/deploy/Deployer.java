package graft.deploy;

import graft.Refusal;
import graft.data.DataSet;
import graft.data.Examples;
import graft.deploy.Deployment.Variant;
import graft.evaluate.Evaluation;
import graft.evaluate.Evaluator;
import graft.evaluate.Predictions;
import graft.files.AtomicFile;
import graft.inference.Batches;
import graft.inference.OrtSession;
import graft.inference.Values;
import graft.onnx.Model;
import graft.onnx.OnnxFile;
import graft.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Writes every form of a network and judges each file as it will be shipped: through ONNX Runtime, on the same examples. */
public final class Deployer {
    private static final int CALIBRATION_EXAMPLES = 200;
    private static final int BATCH = 16;
    private static final int WARM_UP = 10;
    private static final int TIMED = 60;

    private final Path network;
    private final DataSet data;
    private final double maxLoss;
    private final Progress progress;

    private Deployer(Path network, DataSet data, double maxLoss, Progress progress) {
        this.network = network;
        this.data = data;
        this.maxLoss = maxLoss;
        this.progress = progress;
    }

    /**
     * @param out folder for the files
     * @param maxLoss points of accuracy (percentage points) that the recommended form may lose
     */
    public static Deployment deploy(Path network, DataSet data, Path out, double maxLoss, Progress progress) {
        return new Deployer(network, data, maxLoss, progress).run(out);
    }

    private Deployment run(Path out) {
        Path fp32 = out.resolve("network.fp32.onnx");
        Model model = OnnxFile.read(network);
        try {
            Files.createDirectories(out);
        } catch (IOException e) {
            throw new Refusal(
                    "Cannot make the folder " + out + ": " + AtomicFile.reason(e)
                            + ". Name a folder that you may write to with --out.",
                    e);
        }
        OnnxFile.write(model, fp32);
        Predictions truth = predictions(fp32);
        List<Variant> variants = new ArrayList<>();
        variants.add(judged("fp32", fp32, truth, truth));
        variants.add(form("fp16", out, truth, file -> {
            Map<String, Values> example = calibration(model).iterator().next();
            HalfPrecision.write(fp32, file, example);
        }));
        variants.add(quantized("int8-dynamic", QuantizationPlan.dynamic(), out, model, truth));
        variants.add(quantized("int8-static", QuantizationPlan.staticPerTensor(), out, model, truth));
        variants.add(quantized("int8-static-per-channel", QuantizationPlan.staticPerChannel(), out, model, truth));
        return Deployment.of(variants, maxLoss);
    }

    private Variant quantized(String name, QuantizationPlan plan, Path out, Model model, Predictions truth) {
        return form(name, out, truth, file -> {
            Iterable<Map<String, Values>> examples = calibration(model);
            Quantizer.write(Quantizer.quantize(model, plan, examples, progress), file, model, examples);
        });
    }

    private Iterable<Map<String, Values>> calibration(Model model) {
        return Batches.spread(data.train(), model, CALIBRATION_EXAMPLES, BATCH);
    }

    private Variant form(String name, Path out, Predictions truth, Consumer<Path> writer) {
        Path file = out.resolve("network." + name + ".onnx");
        try {
            writer.accept(file);
            return judged(name, file, predictions(file), truth);
        } catch (Refusal e) {
            // One form that cannot be made or run must not hide the others.
            return new Variant(name, null, 0, null, null, null, null, "broken: " + e.getMessage());
        }
    }

    private Predictions predictions(Path file) {
        try (Evaluator evaluator = Evaluator.open(file, 0)) {
            return evaluator.predict(data.classes(), data.val(), progress);
        }
    }

    private Variant judged(String name, Path file, Predictions predictions, Predictions truth) {
        double[] times = times(file);
        return new Variant(
                name,
                file.toString(),
                ProvenFile.size(file),
                Evaluation.of(predictions).accuracy(),
                predictions.agreement(truth),
                times[times.length / 2],
                times[(int) Math.ceil(times.length * 0.95) - 1],
                "");
    }

    /** Milliseconds for one example (or the batch that the file fixes), sorted. */
    private double[] times(Path file) {
        Model model = OnnxFile.read(file);
        Examples val = data.val();
        Map<String, Values> one = Batches.spread(val, model, 1, 1).iterator().next();
        double[] times = new double[TIMED];
        try (OrtSession session = OrtSession.open(file, 0)) {
            for (int i = -WARM_UP; i < TIMED; i++) {
                long start = System.nanoTime();
                session.run(one);
                if (i >= 0) {
                    times[i] = (System.nanoTime() - start) / 1e6;
                }
            }
        }
        Arrays.sort(times);
        return times;
    }
}
