package graft.objective;

/**
 * How far two streams' features are apart as distributions: the unbiased estimate of the maximum mean discrepancy under a sum of
 * Gaussians (MK-MMD, Gretton 2012, Long 2015), whose widths are 1/8 … 2 times the mean squared distance of the batch. Of the
 * examples that go through the network together; a step of several micro-batches takes their mean.
 */
public final class MeanDiscrepancy {
    private static final double[] WIDTHS = {0.125, 0.25, 0.5, 1, 2};

    private MeanDiscrepancy() {}

    /**
     * @param features of the examples to learn from, {@code [N, …]}
     * @param others the same tensor of the other stream
     */
    public static Objective between(String features, String others) {
        Formula formula = new Formula();
        String here = formula.rows(features);
        String there = formula.rows(others);
        String countsHere = formula.column(Objective.COUNTS);
        String countsThere = formula.column(Streams.counts(others));
        // Distances do not change with the origin; near the mean they are differences of small numbers.
        String n = formula.sum(countsHere);
        String m = formula.sum(countsThere);
        String origin = formula.stopped(formula.of("Div", formula.sum(formula.of("Mul", here, countsHere), 0), n));
        String x = formula.of("Sub", here, origin);
        String y = formula.of("Sub", there, origin);
        String pairsHere = formula.of("MatMul", countsHere, formula.transposed(countsHere));
        String pairsThere = formula.of("MatMul", countsThere, formula.transposed(countsThere));
        String pairsAcross = formula.of("MatMul", countsHere, formula.transposed(countsThere));
        String within = distances(formula, x, x);
        String withinOthers = distances(formula, y, y);
        String across = distances(formula, x, y);
        String twice = formula.number(2);
        String all = formula.of(
                "Add",
                formula.of("Add", counted(formula, within, pairsHere), counted(formula, withinOthers, pairsThere)),
                formula.of("Mul", twice, counted(formula, across, pairsAcross)));
        String mean = formula.of("Div", all, formula.squared(formula.of("Add", n, m)));
        String width = formula.stopped(formula.of("Max", mean, formula.number(1e-12)));
        String discrepancy = formula.of(
                "Sub",
                formula.of(
                        "Add",
                        unbiased(formula, within, width, pairsHere, n),
                        unbiased(formula, withinOthers, width, pairsThere, m)),
                formula.of(
                        "Mul",
                        twice,
                        formula.of(
                                "Div",
                                counted(formula, kernel(formula, across, width), pairsAcross),
                                formula.of("Mul", n, m))));
        return Objective.of(
                "mean discrepancy", Streams.inputs(features, others), formula, formula.of("Mul", discrepancy, n));
    }

    /** Squared distances of all rows to all rows. */
    private static String distances(Formula formula, String x, String y) {
        String products = formula.of("MatMul", x, formula.transposed(y));
        String squares = formula.of(
                "Add", formula.sum(formula.squared(x), 1), formula.transposed(formula.sum(formula.squared(y), 1)));
        return formula.of("Relu", formula.of("Sub", squares, formula.of("Mul", formula.number(2), products)));
    }

    private static String counted(Formula formula, String values, String pairs) {
        return formula.sum(formula.of("Mul", values, pairs));
    }

    private static String kernel(Formula formula, String distances, String width) {
        String scaled = formula.of("Div", distances, width);
        String out = null;
        for (double times : WIDTHS) {
            String gaussian = formula.of("Exp", formula.of("Mul", scaled, formula.number(-1 / (2 * times))));
            out = out == null ? gaussian : formula.of("Add", out, gaussian);
        }
        return out;
    }

    /** The mean over pairs of different examples; that of an example and itself is left out. */
    private static String unbiased(Formula formula, String distances, String width, String pairs, String n) {
        String sum = counted(formula, kernel(formula, distances, width), pairs);
        String others = formula.of("Sub", sum, formula.of("Mul", n, formula.number(WIDTHS.length)));
        String one = formula.number(1);
        String count = formula.of("Mul", n, formula.of("Sub", n, one));
        return formula.of("Div", others, formula.of("Max", count, one));
    }
}
