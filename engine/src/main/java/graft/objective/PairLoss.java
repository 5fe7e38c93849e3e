package graft.objective;

import graft.onnx.ElementType;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;

/**
 * How far the cosine of the features of two examples is from what it should be: 1 where both are of one class, 0 where they are of two;
 * the mean of the squares (sentence-transformers' CosineSimilarityLoss, as SetFit learns by). A step holds pairs: the first two
 * examples, the next two, …
 */
public final class PairLoss {
    private final Formula formula = new Formula();

    private PairLoss() {}

    /**
     * @param features of the examples, {@code [N, …]}
     * @param width numbers of an example's features
     * @param target 1 where an example is of a class, {@code [N, classes]}
     */
    public static Objective over(String features, int width, String target, int classes) {
        return new PairLoss().of(features, width, target, classes);
    }

    private Objective of(String features, int width, String target, int classes) {
        String lengths = formula.of("Sqrt", formula.sum(formula.squared(formula.rows(features)), 1));
        String unit = formula.of("Div", formula.rows(features), lengths);
        String cosines = products(unit, width);
        String apart = formula.of("Sub", cosines, products(target, classes));
        String counted = formula.of("Mul", formula.squared(apart), one(formula.column(Objective.COUNTS), 1, 0));
        // The mean is taken over examples, of which each pair has two.
        String sum = formula.of("Mul", formula.sum(counted), formula.number(2));
        Dim batch = Dim.free("N");
        return Objective.of(
                "pair loss",
                java.util.List.of(
                        ValueInfo.ofType(features, ElementType.FLOAT),
                        ValueInfo.of(target, ElementType.FLOAT, batch, Dim.of(classes)),
                        ValueInfo.of(Objective.COUNTS, ElementType.FLOAT, batch)),
                formula,
                sum);
    }

    /** Of each pair's rows: {@code [N / 2, 1]}. */
    private String products(String rows, int width) {
        return formula.sum(formula.of("Mul", one(rows, width, 0), one(rows, width, 1)), 1);
    }

    /** The row of one of each pair. */
    private String one(String rows, int width, int which) {
        String shape =
                formula.constant(Tensor.ofLongs("pairs_" + formula.tensors().size(), new long[] {3}, -1, 2, width));
        String index =
                formula.constant(Tensor.ofLongs("which_" + formula.tensors().size(), new long[0], which));
        return formula.along("Gather", 1, formula.of("Reshape", rows, shape), index);
    }
}
