package graft.objective;

import graft.onnx.ElementType;
import graft.onnx.Node;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import java.util.List;

/**
 * The loss of an episode: minus the logarithm of the softmax, at the kind that a question is of, of how near it is to each kind, which is
 * known by other examples of the same step.
 */
public final class PrototypicalLoss {
    private final Formula formula = new Formula();
    private final String features;
    private final String support;
    private final String target;

    private PrototypicalLoss(String features, String support, String target) {
        this.features = features;
        this.support = support;
        this.target = target;
    }

    /**
     * By squared distances to means of features (Snell et al. 2017). {@code ‖x‖²} is the same for all kinds and left out.
     *
     * @param features the network's output {@code [N, width]}
     * @param support what each example adds to the mean of each kind, {@code [kinds, N]}
     * @param target 1 where an example is a question of a kind, {@code [N, kinds]}
     */
    public static Objective over(String features, String support, String target) {
        PrototypicalLoss loss = new PrototypicalLoss(features, support, target);
        Formula formula = loss.formula;
        String means = formula.of("MatMul", support, features);
        String products = formula.of("MatMul", features, formula.transposed(means));
        String squares = formula.transposed(formula.sum(formula.squared(means), 1));
        return loss.of(formula.of("Sub", formula.of("Add", products, products), squares));
    }

    /**
     * By cosines to means of features.
     *
     * @param sharpness what cosines are multiplied by: of themselves they are too alike for a softmax
     */
    public static Objective cosine(String features, String support, String target, double sharpness) {
        PrototypicalLoss loss = new PrototypicalLoss(features, support, target);
        Formula formula = loss.formula;
        String means = loss.unit(formula.of("MatMul", support, features));
        return loss.of(loss.cosines(loss.unit(features), means, sharpness));
    }

    /**
     * By cosines to the examples themselves (Vinyals et al. 2016): each of a kind adds {@code exp(sharpness · cos)}. One is taken off
     * every cosine, so that no exponential is beyond 1; a softmax takes that out again.
     *
     * @param sharpness what cosines are multiplied by
     */
    public static Objective matching(String features, String support, String target, double sharpness) {
        PrototypicalLoss loss = new PrototypicalLoss(features, support, target);
        Formula formula = loss.formula;
        String unit = loss.unit(features);
        String cosines = loss.cosines(unit, unit, sharpness);
        String shares = formula.of("Exp", formula.of("Sub", cosines, formula.number(sharpness)));
        // What each example adds to a mean is the same for all of its kind: the softmax over kinds takes it out.
        String ofKinds = formula.of("MatMul", shares, formula.transposed(support));
        return loss.of(formula.of("Log", formula.of("Add", ofKinds, formula.number(Float.MIN_NORMAL))));
    }

    private String unit(String rows) {
        return formula.add(Node.of("LpNormalization", "", List.of(rows), List.of())
                .with("p", 2L)
                .with("axis", 1L));
    }

    private String cosines(String rows, String others, double sharpness) {
        String all = formula.of("MatMul", rows, formula.transposed(others));
        return formula.of("Mul", all, formula.number(sharpness));
    }

    private Objective of(String nearness) {
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
