package graft.app.network;

import graft.Refusal;
import graft.data.PictureInput;
import graft.data.Preprocessing;
import graft.inference.ShapeProbe;
import graft.network.FeatureFinder;
import graft.network.Head;
import graft.network.Importer;
import graft.network.Layer;
import graft.network.Network;
import graft.onnx.Node;
import graft.onnx.ValueInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A file that was opened: its network before any change, and what is known of it. Safe to use from several threads.
 *
 * @param shapes of tensors for one example, batch axis first; grows as more is asked for
 * @param preprocessing empty where neither file nor input say how large pictures are
 * @param assumed whether the file has no notes on preprocessing
 * @param blocks whether it reads as blocks of layers
 * @param notes what happened to it before it was opened, for the user
 */
record OpenedNetwork(
        Path file,
        Network network,
        Map<String, long[]> shapes,
        Optional<Preprocessing> preprocessing,
        boolean assumed,
        boolean blocks,
        List<String> notes) {
    /** First numbers of the head shown; a run draws its own from its plan's seed. */
    private static final long SEED = 1;

    static OpenedNetwork read(Path file) {
        Network network = Importer.open(file);
        Map<String, long[]> shapes = new ConcurrentHashMap<>();
        Set<String> wanted = new LinkedHashSet<>();
        network.layers().stream().map(Layer::output).forEach(wanted::add);
        wanted.addAll(betweenLayers(network));
        wanted.add(FeatureFinder.find(network, Optional.empty()));
        shapes.putAll(ShapeProbe.shapes(network.model(), List.copyOf(wanted)));
        Map<String, String> notes = network.model().metadata();
        return new OpenedNetwork(
                file,
                network,
                shapes,
                pictureInput(network).flatMap(input -> input.preprocessing(notes)),
                Preprocessing.fromMetadata(notes).isEmpty(),
                !LayerBlocks.of(network).isEmpty(),
                List.of());
    }

    OpenedNetwork withNotes(List<String> words) {
        return new OpenedNetwork(file, network, shapes, preprocessing, assumed, blocks, List.copyOf(words));
    }

    /** What nodes that belong to no layer compute from the input: sums, pooled maps. */
    private static Set<String> betweenLayers(Network network) {
        Set<String> out = new LinkedHashSet<>();
        network.dataPath().forEach(node -> out.add(node.output(0)));
        network.layers().forEach(layer -> layer.nodes().forEach(node -> out.remove(node.output(0))));
        out.remove("");
        return out;
    }

    private static Optional<PictureInput> pictureInput(Network network) {
        List<ValueInfo> inputs = network.model().graph().inputs();
        return inputs.isEmpty() ? Optional.empty() : Optional.of(PictureInput.of(inputs.get(0)));
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
     * The network with a new head. Takes a while: not for the FX thread.
     *
     * @throws Refusal where the shape of the features cannot be found
     */
    Network withHead(Optional<String> chosen, List<String> classes) {
        String features = features(chosen);
        if (!shapes.containsKey(features)) {
            shapes.putAll(ShapeProbe.shapes(network.model(), List.of(features)));
        }
        long[] shape = shapes.get(features);
        if (shape == null || shape.length < 2) {
            throw new Refusal("A head cannot stand on the tensor " + features + " of " + file.getFileName()
                    + (shape == null ? ": its shape cannot be found" : ": it has no axis besides the batch")
                    + ". Choose another feature tensor.");
        }
        for (int axis = 1; axis < shape.length; axis++) {
            if (shape[axis] <= 0) {
                throw new Refusal("A head cannot stand on the tensor " + features + " of " + file.getFileName()
                        + ": its size is not fixed. Choose another feature tensor.");
            }
        }
        return network.withHead(Head.linear(network, features, shape, classes, Head.Init.DEFAULT, SEED));
    }

    /** Finds the shapes of all tensors that nodes compute. Takes a while: not for the FX thread. */
    void probeAll() {
        List<String> unknown = new ArrayList<>();
        for (Node node : network.model().graph().nodes()) {
            node.outputs().stream()
                    .filter(name -> !name.isEmpty() && !shapes.containsKey(name))
                    .forEach(unknown::add);
        }
        if (!unknown.isEmpty()) {
            shapes.putAll(ShapeProbe.shapes(network.model(), unknown));
        }
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
