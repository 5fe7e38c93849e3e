package graft.embed;

import graft.Refusal;
import graft.data.DataSet;
import graft.data.Encoder;
import graft.data.Examples;
import graft.features.Features;
import graft.features.Frontier;
import graft.features.FrozenPart;
import graft.features.KeptFeatures;
import graft.features.MicroBatch;
import graft.inference.BatchTrial;
import graft.inference.OrtSession;
import graft.meaning.Reading;
import graft.network.FeatureFinder;
import graft.network.Importer;
import graft.network.Network;
import graft.onnx.NetworkFile;
import graft.onnx.Node;
import graft.onnx.Values;
import graft.options.Option;
import graft.options.Settings;
import graft.progress.Progress;
import graft.run.Fit;
import graft.run.PlanOptions;
import graft.task.HeadChoice;
import graft.task.Task;
import graft.task.TaskTable;
import graft.text.NotedModules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.function.IntConsumer;

/**
 * What a network makes of examples before its last layer: a row of numbers each. The tokens of a text are pooled as a head for classes
 * of texts would pool them; maps of a picture are averaged. Closed by whoever opened it.
 */
public final class Embedder implements AutoCloseable {
    /** Options that decide what is computed. */
    public static final List<Option<?>> OPTIONS = List.of(PlanOptions.POOLING, PlanOptions.FEATURES);

    private static final int USUAL_BATCH = 32;

    private final Path file;
    private final Network network;
    private final Frontier frontier;
    private final FrozenPart part;
    private final String tensor;
    private final String layer;
    private final boolean unit;
    private final int threads;
    private final List<String> remarks = new ArrayList<>();
    /** Examples that go through together; 0 = any number. */
    private OptionalInt together = OptionalInt.empty();

    private Embedder(Path file, Network network, String layer, boolean unit, boolean alike, int threads) {
        this.file = file;
        this.network = network;
        this.layer = layer;
        this.unit = unit;
        this.threads = threads;
        List<Node> head = network.head().orElseThrow().nodes();
        // The end of the head passes on what it is given: below it lies what a run that learns a head keeps too.
        this.tensor = head.get(head.size() - 1).input(0);
        this.frontier = Frontier.belowAll(network.model(), tensor);
        this.part = FrozenPart.open(frontier, threads, alike);
    }

    /** The task whose head would stand on whole examples of a network, whatever it answers about them. */
    public static Task task(NetworkFile network) {
        return TaskTable.of(network.model().graph());
    }

    /**
     * Opens a network.
     *
     * @param some examples, on a few of which is tried what the network makes of them
     * @param settings of them those in {@link #OPTIONS} count
     * @param threads 0 = one per core
     * @throws Refusal where it makes no row of an example
     */
    public static Embedder open(
            NetworkFile network,
            Reading reading,
            DataSet some,
            Settings settings,
            UnitLength length,
            int threads,
            Progress progress) {
        Path file = network.path();
        Network opened = Importer.of(file, network.model(), reading);
        DataSet fed = some.fedTo(file, opened.model().graph().inputs());
        String stand = FeatureFinder.find(opened, settings.get(PlanOptions.FEATURES));
        List<String> told = new ArrayList<>();
        HeadChoice choice = new HeadChoice(
                settings.only(OPTIONS).with(PlanOptions.FIT, Fit.EPISODES),
                reading.inputs().keySet(),
                told::add);
        Network headed = opened.withHead(task(network).heading().on(file, opened, stand, fed, choice));
        Optional<NotedModules> noted = length == UnitLength.AUTO ? NotedModules.of(file) : Optional.empty();
        boolean unit = noted.map(NotedModules::normalized).orElse(length != UnitLength.NO);
        noted.ifPresent(modules -> tell(modules, told));
        Embedder out = new Embedder(file, headed, stand, unit, fed.train().alike(), threads);
        out.remarks.addAll(told);
        return out;
    }

    private static void tell(NotedModules noted, List<String> told) {
        if (!noted.normalized()) {
            told.add("Rows keep their length, as " + noted.file() + " says; --normalize sets another way.");
        }
        if (!noted.others().isEmpty()) {
            told.add(noted.file() + " names further layers (" + String.join(", ", noted.others())
                    + "), which are not in the network's file: the rows are those before them.");
        }
    }

    /** The tensor that rows are made of. */
    public String layer() {
        return layer;
    }

    /** Whether rows have length one. */
    public boolean isUnit() {
        return unit;
    }

    /** For the user: what was assumed. */
    public List<String> remarks() {
        return List.copyOf(remarks);
    }

    /**
     * {@code [examples][width]}.
     *
     * @param done is told how many are computed
     */
    public float[][] of(Examples given, IntConsumer done, Progress progress) {
        Examples examples = given.fedTo(file, network.model().graph().inputs());
        return rows(part.features(examples), examples, fixed(examples), done, progress);
    }

    /** The same, out of what earlier looks at the same examples have kept; what is new is kept. */
    public float[][] kept(Examples given, Encoder encoder, Progress progress) {
        Examples examples = given.fedTo(file, network.model().graph().inputs());
        int fixed = fixed(examples);
        Optional<Features> kept = KeptFeatures.of(part, examples, encoder, fixed, threads, progress);
        try (Features features = kept.orElseGet(() -> part.features(examples))) {
            return rows(features, examples, kept.isPresent() ? 0 : fixed, done -> {}, progress);
        }
    }

    private float[][] rows(Features features, Examples examples, int fixed, IntConsumer done, Progress progress) {
        float[][] out = new float[examples.size()][];
        List<MicroBatch> passes = features.passes(examples.bySize(), fixed, USUAL_BATCH);
        int[] count = {0};
        features.lanes()
                .ask(
                        passes,
                        pass -> features.of(pass.examples(), Examples.PLAIN).get(tensor),
                        (pass, said) -> {
                            take(said, pass, out);
                            count[0] += pass.real();
                            done.accept(count[0]);
                            return !progress.isCancelled();
                        });
        if (progress.isCancelled()) {
            throw new CancellationException("looking at examples was cancelled");
        }
        return out;
    }

    private void take(Values said, MicroBatch pass, float[][] out) {
        float[] numbers = said.toTensor("").toFloats();
        int rows = pass.examples().length;
        if (said.shape().length < 2 || said.shape()[0] != rows) {
            throw new Refusal("What " + file + " makes of examples before its last layer (" + layer + ") has the shape "
                    + Arrays.toString(said.shape()) + " for " + rows
                    + " examples, which is not a row each. Name another tensor with --features.");
        }
        int width = numbers.length / rows;
        for (int i = 0; i < pass.real(); i++) {
            float[] row = Arrays.copyOfRange(numbers, i * width, (i + 1) * width);
            out[pass.examples()[i]] = unit ? Cosines.unit(row) : row;
        }
    }

    /** How many examples go through at a time; a lone one tells nothing of how it would fare among others. */
    private int fixed(Examples examples) {
        int insisted = Math.toIntExact(network.report().fixedBatch());
        if (insisted > 0) {
            return insisted;
        }
        if (together.isEmpty() && examples.size() > 1) {
            try (OrtSession session = OrtSession.openPlain(frontier.frozen().orElseThrow())) {
                Optional<String> difference = BatchTrial.of(session, List.of(tensor), examples, BatchTrial.TOLERANCE);
                difference.ifPresent(
                        how -> remarks.add("Examples go through " + file.getFileName() + " one by one: " + how));
                together = OptionalInt.of(difference.isPresent() ? 1 : 0);
            }
        }
        return together.orElse(1);
    }

    @Override
    public void close() {
        part.close();
    }
}
