package graft.objective;

import graft.onnx.ElementType;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import java.util.List;

/**
 * The loss of an episode (Snell et al. 2017): minus the logarithm of {@code softmax(−‖x − μ‖²)} at the kind that a question is of, where
 * {@code μ} are means of features of other examples in the same step. {@code ‖x‖²} is the same for all kinds and left out.
 */
public final class PrototypicalLoss {
    private PrototypicalLoss() {}

    /**
     * @param features the network's output {@code [N, width]}
     * @param support what each example adds to the mean of each kind, {@code [kinds, N]}
     * @param target 1 where an example is a question of a kind, {@code [N, kinds]}
     */
    public static Objective over(String features, String support, String target) {
        Formula formula = new Formula();
        String means = formula.of("MatMul", support, features);
        String products = formula.of("MatMul", features, formula.transposed(means));
        String squares = formula.transposed(formula.sum(formula.squared(means), 1));
        String nearness = formula.of("Sub", formula.of("Add", products, products), squares);
        String said = formula.along("LogSoftmax", 1, nearness);
        Dim batch = Dim.free("N");
        Dim kinds = Dim.free("kinds");
        return Objective.of(
                "prototypical loss",
                List.of(
                        ValueInfo.of(features, ElementType.FLOAT, batch, Dim.free("width")),
                        ValueInfo.of(support, ElementType.FLOAT, kinds, batch),
                        ValueInfo.of(target, ElementType.FLOAT, batch, kinds)),
                formula,
                formula.of("Neg", formula.sum(formula.of("Mul", said, target))));
    }
}
