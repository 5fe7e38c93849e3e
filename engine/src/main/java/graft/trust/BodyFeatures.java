package graft.trust;

import graft.data.DataSet;
import graft.data.Examples;
import graft.features.FeatureSets;
import graft.features.Features;
import graft.features.Frontier;
import graft.features.FrozenPart;
import graft.features.MicroBatch;
import graft.inference.BatchTrial;
import graft.inference.OrtSession;
import graft.meaning.Reading;
import graft.network.FeatureFinder;
import graft.network.Head;
import graft.network.Importer;
import graft.network.Network;
import graft.network.TrainableSpec;
import graft.onnx.Model;
import graft.onnx.NetworkFile;
import graft.onnx.Values;
import graft.options.Settings;
import graft.progress.Progress;
import graft.run.FineTuningPlan;
import graft.run.PlanOptions;
import graft.task.HeadChoice;
import graft.task.Task;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * What a network's body makes of examples: the numbers that its last linear layer would stand on. They are the features that a run
 * with a frozen body keeps, so that where there was such a run they are there already.
 *
 * @param train {@code [examples][width]}
 * @param val {@code [examples][width]}
 */
record BodyFeatures(float[][] train, float[][] val) {
    private static final int AT_ONCE = 64;

    /**
     * @param task says where a head stands
     * @param threads 0 = one per core
     * @throws CancellationException when {@code progress} was cancelled
     */
    static BodyFeatures of(NetworkFile file, Reading reading, DataSet data, Task task, int threads, Progress progress) {
        Path path = file.path();
        Network opened = Importer.of(path, file.model(), reading);
        DataSet fed = data.fedTo(path, opened.model().graph().inputs());
        HeadChoice choice = new HeadChoice(
                Settings.NONE.complete(PlanOptions.ALL), reading.inputs().keySet());
        Head head = task.heading().on(path, opened, FeatureFinder.find(opened, Optional.empty()), fed, choice);
        Network headed = alone(TrainableSpec.apply(opened.withHead(head), PlanOptions.TRAINABLE.usual()), fed);
        int fixedBatch = Math.toIntExact(headed.report().fixedBatch());
        FineTuningPlan plan =
                FineTuningPlan.of(path, data.source(), Path.of(".")).with(PlanOptions.THREADS, threads);
        try (FrozenPart frozen = FrozenPart.open(
                        Frontier.of(headed), threads, fed.train().alike());
                FeatureSets sets = FeatureSets.prepare(plan, frozen, fixedBatch, fed, progress)
                        .orElseThrow(() -> new CancellationException("while features were computed"))) {
            return new BodyFeatures(
                    rows(sets.train(), fed.train(), fixedBatch, progress),
                    rows(sets.val(), fed.val(), fixedBatch, progress));
        }
    }

    /** The network; with a batch of one where examples change each other's features. */
    private static Network alone(Network network, DataSet data) {
        Optional<Model> below = Frontier.of(network).frozen();
        if (network.report().fixedBatch() > 0 || below.isEmpty()) {
            return network;
        }
        try (OrtSession session = OrtSession.openPlain(below.get())) {
            return BatchTrial.of(session, below.get().graph().outputNames(), data.train(), BatchTrial.TOLERANCE)
                            .isEmpty()
                    ? network
                    : network.withFixedBatch(1);
        }
    }

    private static float[][] rows(Features features, Examples examples, int fixedBatch, Progress progress) {
        float[][] out = new float[examples.size()][];
        List<MicroBatch> passes = features.passes(examples.bySize(), fixedBatch, AT_ONCE);
        int done = 0;
        for (MicroBatch pass : passes) {
            if (progress.isCancelled()) {
                throw new CancellationException("while features were read");
            }
            Map<String, Values> batch = features.of(pass.examples(), Examples.PLAIN);
            Values values = batch.values().iterator().next();
            FloatBuffer numbers = values.floats();
            float[] all = new float[numbers.remaining()];
            numbers.get(all);
            int width = all.length / pass.examples().length;
            for (int i = 0; i < pass.real(); i++) {
                out[pass.examples()[i]] = Arrays.copyOfRange(all, i * width, (i + 1) * width);
            }
            done += pass.real();
            progress.stage("reading features", done, out.length);
        }
        return out;
    }
}
