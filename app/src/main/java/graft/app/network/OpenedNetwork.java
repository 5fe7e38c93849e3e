package graft.app.network;

import graft.Refusal;
import graft.app.jobs.Worker;
import graft.app.task.TaskViews;
import graft.data.OneInput;
import graft.image.PictureInput;
import graft.image.Preprocessing;
import graft.meaning.Reading;
import graft.network.FeatureFinder;
import graft.network.Head;
import graft.network.HeadShape;
import graft.network.Network;
import graft.onnx.Node;
import graft.onnx.ValueInfo;
import graft.options.Settings;
import graft.progress.Progress;
import graft.run.PlanOptions;
import graft.task.HeadChoice;
import graft.task.TaskTable;
import graft.worker.Opening;
import graft.worker.Shapes;
import graft.worker.Works;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A file that was opened: its network before any change, and what is known of it. Safe to use from several threads.
 *
 * @param shapes of tensors for one example, batch axis first; grows as more is asked for
 * @param preprocessing empty where neither file nor input say how large pictures are
 * @param assumed whether the file has no notes on preprocessing
 * @param blocks whether it reads as blocks of layers
 * @param notes what happened to it before it was opened, for the user
 * @param reading what the user said of its inputs and outputs
 * @param worker finds the shapes that are asked for later
 */
record OpenedNetwork(
        Path file,
        Network network,
        Map<String, long[]> shapes,
        Optional<Preprocessing> preprocessing,
        boolean assumed,
        boolean blocks,
        List<String> notes,
        Reading reading,
        Worker worker) {
    /** Opens a file. Takes a while: not for the FX thread. */
    static OpenedNetwork read(Path file, Reading reading, Worker worker, Progress progress) {
        Opening.Opened opened = worker.ask(Works.OPEN, new Opening.Plan(file, reading), progress);
        Network network = opened.network();
        return new OpenedNetwork(
                file,
                network,
                new ConcurrentHashMap<>(opened.shapes()),
                opened.preprocessing(),
                opened.assumed(),
                !LayerBlocks.of(network).isEmpty(),
                opened.preparation(),
                reading,
                worker);
    }

    OpenedNetwork withNotes(List<String> words) {
        return new OpenedNetwork(
                file,
                network,
                shapes,
                preprocessing,
                assumed,
                blocks,
                Stream.concat(words.stream(), notes.stream()).toList(),
                reading,
                worker);
    }

    private void probe(List<String> tensors, Progress progress) {
        List<String> unknown =
                tensors.stream().filter(name -> !shapes.containsKey(name)).toList();
        if (!unknown.isEmpty()) {
            shapes.putAll(worker.ask(Works.SHAPES, new Shapes.Plan(file, reading, unknown), progress)
                    .byTensor());
        }
    }

    private static Optional<PictureInput> pictureInput(Network network) {
        List<ValueInfo> inputs = network.model().graph().inputs();
        return inputs.isEmpty()
                ? Optional.empty()
                : Optional.of(PictureInput.of(OneInput.picture(inputs).orElse(inputs.get(0))));
    }

    Optional<PictureInput> input() {
        return pictureInput(network);
    }

    /** "mobilenetv2-0.35-imagenet". */
    String name() {
        return file.getFileName().toString().replaceFirst("(?i)\\.onnx$", "");
    }

    /** The tensor that a head stands on. */
    String features(Optional<String> chosen) {
        return FeatureFinder.find(network, chosen);
    }

    /**
     * The network with a new head, as a run would put it on. Takes a while: not for the FX thread.
     *
     * @throws Refusal where the shape of the features cannot be found
     */
    Network withHead(Optional<String> chosen, HeadShape shape, List<String> classes, Progress progress) {
        String features = features(chosen);
        probe(List.of(features), progress);
        long[] fed = shapes.get(features);
        if (fed == null || fed.length < 2) {
            throw new Refusal("A head cannot stand on the tensor " + features + " of " + file.getFileName()
                    + (fed == null ? ": its shape cannot be found" : ": it has no axis besides the batch")
                    + ". Choose another feature tensor.");
        }
        for (int axis = 1; axis < fed.length; axis++) {
            if (fed[axis] <= 0) {
                throw new Refusal("A head cannot stand on the tensor " + features + " of " + file.getFileName()
                        + ": its size is not fixed. Choose another feature tensor.");
            }
        }
        HeadChoice choice = new HeadChoice(
                Settings.NONE.with(PlanOptions.HEAD_SHAPE, shape),
                reading.inputs().keySet());
        return network.withHead(TaskTable.of(network.model().graph())
                .heading()
                .on(file, network, features, fed, choice.end(classes.size()), choice));
    }

    /** What was understood of the file, one fact a line. */
    List<String> report() {
        List<String> lines = new ArrayList<>(notes);
        lines.addAll(network.report().lines());
        lines.add(preprocessingLine());
        return lines;
    }

    private String preprocessingLine() {
        if (preprocessing.isPresent()) {
            return Texts.of(
                    assumed ? "network.report.preprocessing.assumed" : "network.report.preprocessing.found",
                    preprocessing.get());
        }
        boolean picture = input().filter(input -> input.shape().length == 4).isPresent();
        return picture
                ? Texts.of("network.report.preprocessing.unknown")
                : TaskViews.of(network.model().graph()).text("input");
    }

    /**
     * Shape of a tensor for one example, batch axis first, where it is known.
     *
     * @param shown this network, perhaps with a head, whose tensors no file knows
     */
    Optional<long[]> shape(String tensor, Network shown) {
        if (shown.head().isPresent()) {
            Head head = shown.head().get();
            List<Node> nodes = head.nodes();
            long[] weight = head.weights().values().iterator().next().shape();
            if (tensor.equals(head.outputs().get(0).name())) {
                return Optional.of(new long[] {1, weight[0]});
            }
            // The head flattens what it stands on.
            if (tensor.equals(nodes.get(nodes.size() - 1).input(0))) {
                return Optional.of(new long[] {1, weight[1]});
            }
        }
        return Optional.ofNullable(shapes.get(tensor));
    }

    /** Finds the shapes of all tensors that nodes compute. Takes a while: not for the FX thread. */
    void probeAll(Progress progress) {
        probe(
                network.model().graph().nodes().stream()
                        .flatMap(node -> node.outputs().stream())
                        .filter(name -> !name.isEmpty())
                        .toList(),
                progress);
    }

    /** Tensors that a head could stand on, the topmost first: what layers hand on, and what is pooled or flattened. */
    List<String> featureChoices() {
        Set<String> layers = new LinkedHashSet<>();
        network.layers().forEach(layer -> layers.add(layer.output()));
        List<String> out = new ArrayList<>();
        for (Node node : network.model().graph().nodes()) {
            if (layers.contains(node.output(0))
                    || Set.of("GlobalAveragePool", "Flatten", "Add", "Concat").contains(node.opType())
                            && !network.model().graph().initializers().containsKey(node.output(0))) {
                out.add(0, node.output(0));
            }
        }
        return out;
    }
}
