package graft.features;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import graft.data.Examples;
import graft.onnx.ElementType;
import graft.onnx.Model;
import graft.onnx.SubGraph;
import graft.onnx.ValueInfo;
import graft.onnx.Values;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Features computed once, read from a memory-mapped file that stays for the next run. */
record CachedFeatures(FeatureFile file) implements Features {

    /**
     * Shapes of one example's features, without the batch axis; empty where they are no floats per example, or of
     * different sizes, so that they cannot be kept.
     *
     * @param examples whose features they are
     * @param fixedBatch examples that the network insists on; 0 = any number
     */
    static Optional<Map<String, long[]>> shapesPerExample(Features source, Examples examples, int fixedBatch) {
        int[] bySize = examples.bySize();
        Optional<Map<String, long[]>> first = shapes(source, bySize[0], fixedBatch);
        return examples.alike()
                ? first
                : first.filter(all -> shapes(source, bySize[bySize.length - 1], fixedBatch)
                        .filter(others -> same(all, others))
                        .isPresent());
    }

    private static boolean same(Map<String, long[]> some, Map<String, long[]> others) {
        return some.entrySet().stream().allMatch(one -> Arrays.equals(one.getValue(), others.get(one.getKey())));
    }

    private static Optional<Map<String, long[]>> shapes(Features source, int example, int fixedBatch) {
        int[] asked = new int[fixedBatch > 0 ? fixedBatch : 2];
        Arrays.fill(asked, example);
        Map<String, Values> answer = source.of(asked, 0);
        Map<String, long[]> out = new LinkedHashMap<>();
        for (Map.Entry<String, Values> entry : answer.entrySet()) {
            long[] shape = entry.getValue().shape();
            if (entry.getValue().type() != ElementType.FLOAT || shape.length == 0 || shape[0] != asked.length) {
                return Optional.empty();
            }
            out.put(entry.getKey(), Arrays.copyOfRange(shape, 1, shape.length));
        }
        return Optional.of(out);
    }

    @Override
    public Map<String, Values> of(int[] examples, long view) {
        return file.batch(examples, view);
    }

    @Override
    public Optional<NDArray> matrix(NDManager owner, long view) {
        Map<String, long[]> shapes = file.table().shapes();
        long[] shape = shapes.values().iterator().next();
        if (shapes.size() != 1 || shape.length != 1) {
            return Optional.empty();
        }
        return file.view(view)
                .map(data -> owner.create(data, new Shape(file.table().count(), shape[0]), DataType.FLOAT32));
    }

    @Override
    public Optional<Model> above(Model network) {
        Set<String> crossing = file.table().shapes().keySet();
        Set<String> inputs =
                network.graph().inputs().stream().map(ValueInfo::name).collect(Collectors.toSet());
        Set<String> made = network.graph().nodes().stream()
                .flatMap(node -> node.outputs().stream())
                .collect(Collectors.toSet());
        List<String> computed =
                crossing.stream().filter(name -> !inputs.contains(name)).toList();
        if (!made.containsAll(computed)
                || !FeatureKey.frozen(SubGraph.cut(network, Set.of(), computed, Map.of()))
                        .equals(file.table().frozen())) {
            return Optional.empty();
        }
        Model above = SubGraph.cut(network, crossing, network.graph().outputNames(), Map.of());
        return Optional.of(above)
                .filter(it -> it.graph().inputs().stream().map(ValueInfo::name).allMatch(crossing::contains));
    }

    @Override
    public void close() {
        // the mapping ends when nobody holds it any more
    }
}
