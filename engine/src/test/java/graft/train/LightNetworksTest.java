package graft.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import graft.inference.ExampleInputs;
import graft.inference.OrtSession;
import graft.network.Importer;
import graft.network.Network;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.SubGraph;
import graft.onnx.Tensor;
import graft.onnx.Values;
import graft.ops.ArrayTensors;
import graft.ops.Executor;
import graft.ops.Mode;
import graft.ops.TorchEngine;
import graft.testdata.Shared;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Published architectures whose files hold no weights: they are filled with seeded random ones. */
class LightNetworksTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "bvlc_alexnet",
                "densenet121",
                "inception_v1",
                "inception_v2",
                "resnet50",
                "shufflenet",
                "squeezenet",
                "vgg19",
                "zfnet512"
            })
    void answersEqualThoseOfOnnxRuntimeAndOneStepChangesEveryWeight(String name) {
        Network network = Importer.open(Shared.network("light/light_" + name + ".onnx"));
        Model model = scores(filled(network));
        String output = model.graph().outputNames().get(0);
        Map<String, Values> inputs = ExampleInputs.random(model.graph(), 1, 3);
        float[] wanted;
        try (OrtSession session = OrtSession.open(model, 2)) {
            wanted = session.run(inputs).get(output).toTensor(output).toFloats();
        }
        Set<String> weights = network.weights();
        try (NDManager manager = TorchEngine.start(2);
                Executor executor = new Executor(model, manager, weights)) {
            Map<String, NDArray> fed = new LinkedHashMap<>();
            inputs.forEach((input, values) -> fed.put(input, ArrayTensors.toArray(manager, values.toTensor(input))));
            Map<String, NDArray> learning = new LinkedHashMap<>();
            weights.forEach(weight -> learning.put(weight, executor.tensor(weight)));
            TorchEngine.recordGradients(true);
            NDArray y = executor.run(manager, fed, Mode.INFERENCE).get(output);
            assertEqual(ArrayTensors.toTensor(output, y).toFloats(), wanted);
            TorchEngine.backward(y.reshape(1, -1).logSoftmax(1).get(":, 3").sum());
            TorchEngine.recordGradients(false);
            Optimizer.sgd(learning, 0.9, 0, Map.of(), manager)
                    .step(manager, weight -> executor.gradient(manager, weight), 0.1);
            List<String> unchanged = new ArrayList<>();
            learning.forEach((weight, array) -> {
                if (ArrayTensors.toTensor(weight, array)
                        .sameAs(model.graph().initializers().get(weight))) {
                    unchanged.add(weight);
                }
            });
            assertThat(unchanged).isEmpty();
            assertThat(learning).isNotEmpty();
        }
    }

    private static void assertEqual(float[] actual, float[] wanted) {
        float largest = 0;
        for (float value : wanted) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(largest).isPositive();
        assertThat(actual).containsExactly(wanted, org.assertj.core.api.Assertions.within(1e-4f * largest));
    }

    /** The network below its closing Softmax, which would leave hardly a gradient. */
    private static Model scores(Model model) {
        String output = model.graph().outputNames().get(0);
        Node last = model.graph().producers().get(output);
        return last.opType().equals("Softmax")
                ? SubGraph.cut(model, Set.of(), List.of(last.input(0)), Map.of())
                : model;
    }

    /** Kernels as He et al. (2015) start them, vectors near 1, so that nothing dies on the way; means near 0. */
    private static Model filled(Network network) {
        SplittableRandom random = new SplittableRandom(11);
        GraphEditor editor = network.model().graph().edit();
        Set<String> means = new HashSet<>();
        for (Node node : editor.nodes()) {
            if (node.opType().equals("BatchNormalization")) {
                means.add(node.input(3));
            }
        }
        editor.initializers().replaceAll((name, tensor) -> {
            if (!network.weights().contains(name) && !network.state().contains(name)) {
                return tensor;
            }
            long[] shape = tensor.shape();
            boolean vector = shape.length < 2;
            double middle = vector && !means.contains(name) ? 1 : 0;
            double spread = vector ? 0.1 : Math.sqrt(6.0 * shape[0] / tensor.size());
            float[] values = new float[(int) tensor.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (middle + spread * random.nextDouble(-1, 1));
            }
            return Tensor.ofFloats(name, shape, values);
        });
        return network.model().withGraph(editor.build());
    }
}
