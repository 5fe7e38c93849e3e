package graft.gradcheck;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Whether a network's gradients are right.
 *
 * @param passed tensors whose gradients agree
 * @param failed tensors with a gradient that is wrong
 * @param skipped tensors of which no sampled entry could be judged
 */
public record GradientReport(int passed, int failed, int skipped, List<TensorGradient> tensors) {

    /** How one tensor fared. */
    public enum Status {
        @JsonProperty("passed")
        PASSED,
        @JsonProperty("failed")
        FAILED,
        @JsonProperty("skipped")
        SKIPPED
    }

    /**
     * @param sampled entries that were judged
     * @param kinks sampled entries that were not: the network has an edge there (a Relu at 0), with another slope on each side,
     *     and its gradient lies between the two
     * @param maxRelativeError largest difference of a judged entry from the slope, by the larger of the two
     * @param singleError length of the difference between the gradients in single and in double precision, by the length of the
     *     gradient: what training in single precision adds
     * @param message what is wrong; "" where nothing is
     */
    public record TensorGradient(
            String name,
            Status status,
            int sampled,
            int kinks,
            double maxRelativeError,
            double singleError,
            String message) {}

    static GradientReport of(List<TensorGradient> tensors) {
        return new GradientReport(
                count(tensors, Status.PASSED),
                count(tensors, Status.FAILED),
                count(tensors, Status.SKIPPED),
                List.copyOf(tensors));
    }

    private static int count(List<TensorGradient> tensors, Status status) {
        return (int) tensors.stream().filter(t -> t.status() == status).count();
    }
}
