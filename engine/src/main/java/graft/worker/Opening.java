package graft.worker;

import graft.data.OneInput;
import graft.image.PictureInput;
import graft.image.Preprocessing;
import graft.inference.ShapeProbe;
import graft.meaning.NotedPreparation;
import graft.meaning.Reading;
import graft.network.FeatureFinder;
import graft.network.Importer;
import graft.network.Layer;
import graft.network.Network;
import graft.onnx.Bodies;
import graft.onnx.Skeleton;
import graft.onnx.ValueInfo;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Opens a file, and finds the shapes that are shown of it. */
public final class Opening {
    private Opening() {}

    /** @param reading what the user says of the file's inputs and outputs */
    public record Plan(Path file, Reading reading) implements Work.Plan {
        public Plan(Path file) {
            this(file, Reading.USUAL);
        }
    }

    /**
     * A network that was opened.
     *
     * @param skeleton its model without its weights ({@link Skeleton})
     * @param lines what was understood of the file, for the user
     * @param homes see {@link Network#homes}
     * @param shapes of what layers hand on, for one example, batch axis first; those that cannot be found are missing
     * @param preprocessing how it takes pictures; empty where that is not known
     * @param assumed whether the file does not say the range of its pixels
     * @param reading what the user said
     * @param preparation what was found on that, for the user
     */
    public record Opened(
            Path file,
            byte[] skeleton,
            boolean batchNormFolded,
            long fixedBatch,
            List<String> lines,
            Map<String, List<Bodies.Place>> homes,
            Map<String, long[]> shapes,
            Optional<Preprocessing> preprocessing,
            boolean assumed,
            Reading reading,
            List<String> preparation) {
        /** The network as it was opened; its weights have names and shapes, but no numbers. */
        public Network network() {
            return Importer.opened(file, Skeleton.of(skeleton), batchNormFolded, fixedBatch, lines, homes, reading);
        }
    }

    static Opened run(Plan plan) {
        return opened(plan.file(), Importer.open(plan.file(), plan.reading()), plan.reading());
    }

    static Opened opened(Path file, Network network, Reading reading) {
        Set<String> wanted = new LinkedHashSet<>();
        network.layers().stream().map(Layer::output).forEach(wanted::add);
        wanted.addAll(betweenLayers(network));
        wanted.add(FeatureFinder.find(network, Optional.empty()));
        List<ValueInfo> inputs = network.model().graph().inputs();
        Optional<ValueInfo> fed = inputs.isEmpty()
                ? Optional.empty()
                : Optional.of(OneInput.picture(inputs).orElse(inputs.get(0)));
        Optional<NotedPreparation> told = fed.map(input -> NotedPreparation.of(file, network.model(), input));
        return new Opened(
                file,
                Skeleton.toBytes(network.model()),
                network.report().batchNormFolded(),
                network.report().fixedBatch(),
                network.report().lines(),
                network.homes(),
                ShapeProbe.shapes(network.model(), List.copyOf(wanted)),
                told.flatMap(found -> found.completed(PictureInput.of(fed.get()))),
                told.map(found -> !found.saysRange()).orElse(true),
                reading,
                told.map(NotedPreparation::lines).orElse(List.of()));
    }

    /** What nodes that belong to no layer compute from the input: sums, pooled maps. */
    private static Set<String> betweenLayers(Network network) {
        Set<String> out = new LinkedHashSet<>();
        network.dataPath().forEach(node -> out.add(node.output(0)));
        network.layers().forEach(layer -> layer.nodes().forEach(node -> out.remove(node.output(0))));
        out.remove("");
        return out;
    }
}
