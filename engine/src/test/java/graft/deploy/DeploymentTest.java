package graft.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import graft.deploy.Deployment.Variant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeploymentTest {
    private static final List<Variant> FORMS = List.of(
            new Variant("fp32", "a", 1000, 0.900, 1.0, 2.0, 3.0, ""),
            new Variant("fp16", "b", 500, 0.900, 1.0, 4.0, 5.0, ""),
            new Variant("int8-dynamic", "c", 300, 0.885, 0.97, 1.0, 1.5, ""),
            new Variant("int8-static", "d", 260, 0.100, 0.10, 1.0, 1.5, ""),
            new Variant("int8-static-per-channel", null, 0, null, null, null, null, "broken: no Conv"));

    @Test
    void theSmallestFormWithinTheLossIsRecommended() {
        Deployment deployment = Deployment.of(FORMS, 1);
        assertThat(deployment.recommended()).isEqualTo("fp16");
        assertThat(deployment.variants().get(1).verdict())
                .isEqualTo("recommended: loses nothing, 50 % of the size, 2.0 times slower than fp32 on this machine");
        assertThat(deployment.withMaxLoss(1.5).recommended()).isEqualTo("int8-dynamic");
        assertThat(deployment.withMaxLoss(100).recommended()).isEqualTo("int8-static");
        assertThat(deployment.withMaxLoss(1.5).withMaxLoss(1)).isEqualTo(deployment);
    }

    @Test
    void aFormThatLosesNearlyEverythingIsBrokenAndOneThatWasNotMadeStaysSo() {
        Deployment deployment = Deployment.of(FORMS, 1);
        assertThat(deployment.variants().get(3).verdict())
                .startsWith("broken: loses 80.0 points, more than the 1.0 allowed");
        assertThat(deployment.variants().get(4).verdict()).isEqualTo("broken: no Conv");
        assertThat(deployment.withMaxLoss(0).variants().get(4).verdict()).isEqualTo("broken: no Conv");
    }
}
