package graft.network;

import graft.onnx.Tensor;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What transformers are fine-tuned without weight decay for: biases, and the weights of norms. These are a number per channel each,
 * and as a rule lie in tensors of one axis; a bias that is laid out otherwise is known by where it is added.
 */
public final class Undecayed {
    private Undecayed() {}

    /** Names among those that learn. */
    public static Set<String> of(Network network) {
        Map<String, Tensor> tensors = network.model().graph().initializers();
        Set<String> biases = Biases.of(network);
        Set<String> out = new LinkedHashSet<>();
        for (String name : network.trainable()) {
            if (biases.contains(name) || tensors.get(name).shape().length <= 1) {
                out.add(name);
            }
        }
        return out;
    }
}
