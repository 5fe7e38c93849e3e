package graft.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import graft.inference.ExampleInputs;
import graft.inference.OrtSession;
import graft.onnx.Model;
import graft.onnx.Tensor;
import graft.onnx.Values;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResidualNetworkTest {
    @Test
    void onnxRuntimeRunsItToOneRowOf160FeaturesPerPicture() {
        Model model = ResidualNetwork.untrained(1);
        try (OrtSession session = OrtSession.openPlain(model)) {
            Map<String, Values> answer = session.run(ExampleInputs.random(model.graph(), 3, 1));
            assertThat(answer.get("features").shape()).containsExactly(3, 160);
        }
    }

    /** He et al. 2015: deviation √(2 / (outputs · area)); of 230,400 numbers it is met within 1 %. */
    @Test
    void weightsHaveTheDeviationOfHeAndFollowTheSeed() {
        Tensor weight = ResidualNetwork.untrained(1).graph().initializers().get("stage3.conv2.weight");
        assertThat(weight.shape()).containsExactly(160, 160, 3, 3);
        double squares = 0;
        for (float value : weight.toFloats()) {
            squares += value * value;
        }
        assertThat(Math.sqrt(squares / weight.size())).isCloseTo(Math.sqrt(2.0 / (160 * 9)), within(4e-4));
        assertThat(weight(1)).isEqualTo(weight(1)).isNotEqualTo(weight(2));
    }

    private static float[] weight(long seed) {
        return ResidualNetwork.untrained(seed)
                .graph()
                .initializers()
                .get("stem.weight")
                .toFloats();
    }
}
