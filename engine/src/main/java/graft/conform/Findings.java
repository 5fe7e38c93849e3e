package graft.conform;

import graft.conform.CaseResult.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What has been found about one case so far. */
final class Findings {
    private final List<String> outputFaults = new ArrayList<>();
    private final List<String> gradientFaults = new ArrayList<>();
    private Optional<Double> maxAbsError = Optional.empty();

    void output(Comparison comparison) {
        comparison
                .maxAbsError()
                .ifPresent(error -> maxAbsError = Optional.of(Math.max(error, maxAbsError.orElse(0.0))));
        comparison.difference().ifPresent(outputFaults::add);
    }

    void outputMissing(String name) {
        outputFaults.add("output " + name + " was not computed");
    }

    void gradient(Comparison comparison) {
        comparison.difference().ifPresent(gradientFaults::add);
    }

    void gradientMissing(String name) {
        gradientFaults.add("no gradient reached " + name);
    }

    boolean gradientsAgree() {
        return gradientFaults.isEmpty();
    }

    Optional<Double> maxAbsError() {
        return maxAbsError;
    }

    CaseResult result(String name) {
        List<String> faults = new ArrayList<>(outputFaults);
        faults.addAll(gradientFaults);
        return faults.isEmpty()
                ? new CaseResult(name, Status.PASSED, maxAbsError, "")
                : new CaseResult(name, Status.FAILED, maxAbsError, String.join("; ", faults));
    }
}
