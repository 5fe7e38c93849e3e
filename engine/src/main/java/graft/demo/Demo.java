package graft.demo;

import graft.catalog.BuiltInNetwork;
import graft.catalog.ResidualNetwork;
import graft.data.DataOptions;
import graft.data.DataSet;
import graft.evaluate.ClassEvaluation;
import graft.evaluate.Evaluator;
import graft.evaluate.Predictions;
import graft.files.Json;
import graft.image.Augmentation;
import graft.image.ImageData;
import graft.inference.Batches;
import graft.onnx.Model;
import graft.onnx.OnnxFile;
import graft.options.Settings;
import graft.progress.Progress;
import graft.project.RunPictures;
import graft.quantize.QuantizationPlan;
import graft.quantize.QuantizationReport;
import graft.quantize.Quantizer;
import graft.run.FineTuningPlan;
import graft.run.FineTuningResult;
import graft.run.PlanOptions;
import graft.run.Schedule;
import graft.sample.Sample;
import graft.train.FineTuner;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * The main job on what Graft brings along: fine-tunes the built-in network on the sample, trains the same architecture from
 * scratch in the same way, makes the tuned network int8, and judges the three files.
 */
public final class Demo {
    private static final int BATCH = 16;
    private static final int CALIBRATION_EXAMPLES = 200;
    private static final Settings SETTINGS = Settings.NONE
            .with(PlanOptions.TRAINABLE, "all")
            .with(PlanOptions.BATCH, BATCH)
            .with(PlanOptions.LEARNING_RATE, 0.02)
            .with(PlanOptions.WEIGHT_DECAY, 5e-4)
            .with(PlanOptions.SCHEDULE, Schedule.ONECYCLE)
            .with(PlanOptions.AUGMENT, Augmentation.parse("flip"))
            .with(PlanOptions.CHECKPOINT_SECONDS, 30.0);

    private final DemoPlan plan;
    private final DemoFolder folder;
    private final Progress progress;

    private Demo(DemoPlan plan, DemoFolder folder, Progress progress) {
        this.plan = plan;
        this.folder = folder;
        this.progress = progress;
    }

    /**
     * Runs the demo. Its folder is made; what an earlier demo left in it is replaced.
     *
     * @throws graft.Refusal saying what stands in the way
     * @throws CancellationException when {@code progress} was cancelled
     */
    public static DemoResult run(DemoPlan plan, Progress progress) {
        DemoPlan absolute =
                new DemoPlan(plan.out().toAbsolutePath().normalize(), plan.epochs(), plan.seed(), plan.threads());
        return new Demo(absolute, DemoFolder.take(absolute), progress).run();
    }

    private DemoResult run() {
        long start = System.nanoTime();
        Path sample = folder.file("sample");
        progress.stage("drawing the sample", 0, 0);
        Sample.drawInto(sample);

        progress.note("The built-in network learns the sample: fine-tuning.");
        FineTuningResult tuned = train(BuiltInNetwork.file(), sample, "fine-tuned");
        Path untrained = folder.file("untrained.onnx");
        OnnxFile.write(ResidualNetwork.untrained(plan.seed()), untrained);
        progress.note("The same network learns it from scratch.");
        FineTuningResult scratch = train(untrained, sample, "from-scratch");

        progress.note("The tuned network becomes int8, and all files are judged.");
        Model network = OnnxFile.read(tuned.network());
        DataSet data = ImageData.open(
                        sample,
                        Optional.of(ResidualNetwork.preprocessing()),
                        new DataOptions(plan.seed(), false),
                        progress)
                .fedTo(tuned.network(), network.graph().inputs());
        Path int8 = folder.file("network.int8.onnx");
        QuantizationReport quantized = Quantizer.quantizeFile(
                tuned.network(),
                int8,
                QuantizationPlan.staticPerChannel(),
                Batches.spread(data.train(), network, CALIBRATION_EXAMPLES, BATCH),
                progress);
        Predictions fp32Says = predictions(tuned.network(), data);
        Predictions int8Says = predictions(int8, data);
        ClassEvaluation fp32 = ClassEvaluation.of(fp32Says);
        double fromScratch =
                ClassEvaluation.of(predictions(scratch.network(), data)).accuracy();
        DemoResult result = new DemoResult(
                fp32.accuracy(),
                fp32.interval(),
                fromScratch,
                100 * (fp32.accuracy() - fromScratch),
                tuned.parityMaxAbs(),
                ClassEvaluation.of(int8Says).accuracy(),
                int8Says.agreement(fp32Says),
                quantized.bytesBefore(),
                quantized.bytesAfter(),
                data.classes(),
                data.train().size(),
                data.val().size(),
                plan.epochs(),
                plan.seed(),
                sample,
                folder.files(),
                (System.nanoTime() - start) / 1e9);
        Json.write(folder.file("result.json"), result);
        return result;
    }

    private FineTuningResult train(Path network, Path sample, String name) {
        FineTuningResult result = FineTuner.run(
                FineTuningPlan.of(network, sample, folder.file(name))
                        .withPreprocessing(Optional.of(ResidualNetwork.preprocessing()))
                        .with(SETTINGS)
                        .with(PlanOptions.EPOCHS, plan.epochs())
                        .with(PlanOptions.SEED, plan.seed())
                        .with(PlanOptions.THREADS, plan.threads()),
                progress);
        if (result.network() == null) {
            throw new CancellationException("the demo was stopped; started again, it begins anew");
        }
        RunPictures.draw(result, progress);
        return result;
    }

    private Predictions predictions(Path file, DataSet data) {
        try (Evaluator evaluator = Evaluator.open(file, plan.threads())) {
            return evaluator.predict(data.classes(), data.val(), progress);
        }
    }
}
