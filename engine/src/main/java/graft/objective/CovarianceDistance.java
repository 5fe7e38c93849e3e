package graft.objective;

/**
 * How far the covariances of two streams' features are apart: {@code ‖Cs − Ct‖² / 4d²} (Deep CORAL, Sun and Saenko 2016). Of the
 * examples that go through the network together; a step of several micro-batches takes their mean.
 */
public final class CovarianceDistance {
    private CovarianceDistance() {}

    /**
     * @param features of the examples to learn from, {@code [N, …]}
     * @param others the same tensor of the other stream
     * @param width numbers of an example's features
     */
    public static Objective between(String features, String others, int width) {
        Formula formula = new Formula();
        String apart = formula.of(
                "Sub",
                covariance(formula, features, Objective.COUNTS),
                covariance(formula, others, Streams.counts(others)));
        String distance =
                formula.of("Mul", formula.sum(formula.squared(apart)), formula.number(1 / (4.0 * width * width)));
        return Objective.of(
                "covariance distance",
                Streams.inputs(features, others),
                formula,
                formula.of("Mul", distance, formula.sum(Objective.COUNTS)));
    }

    private static String covariance(Formula formula, String features, String counts) {
        String rows = formula.rows(features);
        String counted = formula.column(counts);
        String n = formula.sum(counts);
        String mean = formula.of("Div", formula.sum(formula.of("Mul", rows, counted), 0), n);
        String centred = formula.of("Mul", formula.of("Sub", rows, mean), counted);
        String one = formula.number(1);
        return formula.of(
                "Div",
                formula.of("MatMul", formula.transposed(centred), centred),
                formula.of("Max", formula.of("Sub", n, one), one));
    }
}
