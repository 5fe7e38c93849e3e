package graft.conform;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * How one case went.
 *
 * @param name path of the case below the folder that was asked for
 * @param maxAbsError largest difference of an output; empty where no outputs could be compared
 * @param message what differs or why nothing was compared; "" for a case that passed
 */
public record CaseResult(String name, Status status, Optional<Double> maxAbsError, String message) {
    /** A case is unsupported when the engine says that it lacks the operator or the element type. */
    public enum Status {
        @JsonProperty("passed")
        PASSED,
        @JsonProperty("failed")
        FAILED,
        @JsonProperty("unsupported")
        UNSUPPORTED
    }
}
