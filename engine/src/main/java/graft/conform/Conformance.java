package graft.conform;

import graft.conform.CaseResult.Status;
import java.util.List;

/**
 * What a run over a folder of cases found.
 *
 * @param gradients counts of the cases that come with gradients
 */
public record Conformance(int passed, int failed, int unsupported, Gradients gradients, List<CaseResult> cases) {

    /** Cases whose gradients agree, and cases where one differs or was not computed. */
    public record Gradients(int passed, int failed) {}

    static Conformance of(List<CaseResult> cases, Gradients gradients) {
        return new Conformance(
                count(cases, Status.PASSED),
                count(cases, Status.FAILED),
                count(cases, Status.UNSUPPORTED),
                gradients,
                List.copyOf(cases));
    }

    private static int count(List<CaseResult> cases, Status status) {
        return (int) cases.stream().filter(c -> c.status() == status).count();
    }
}
