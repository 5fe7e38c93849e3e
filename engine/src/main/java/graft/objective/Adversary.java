package graft.objective;

import graft.onnx.Tensor;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A discriminator learns to tell features of two streams apart, while the features learn that it cannot: domain-adversarial
 * training (DANN, Ganin 2016). The gradient is turned round on its way from the discriminator to the features, and made
 * {@code λ = 2 / (1 + e^(−10 p)) − 1} as long, where {@code p} is how much of the stage is done.
 */
public final class Adversary {
    private static final int HIDDEN = 100;
    private static final double STEEPNESS = 10;

    private Adversary() {}

    /**
     * The mean of both streams' binary cross-entropies.
     *
     * @param features of the examples to learn from, {@code [N, …]}
     * @param others the same tensor of the other stream
     * @param width numbers of an example's features
     * @param seed of the discriminator's first weights
     */
    public static Objective between(String features, String others, int width, long seed) {
        Formula formula = new Formula();
        String steep = formula.of("Sigmoid", formula.of("Mul", Objective.PROGRESS, formula.number(STEEPNESS)));
        String lambda = formula.of("Sub", formula.of("Mul", steep, formula.number(2)), formula.number(1));
        SplittableRandom random = new SplittableRandom(seed);
        List<String> layers = List.of(
                weight(formula, "hidden.weight", random, width, width, HIDDEN),
                weight(formula, "hidden.bias", random, width, HIDDEN),
                weight(formula, "domain.weight", random, HIDDEN, HIDDEN, 1),
                weight(formula, "domain.bias", random, HIDDEN, 1));
        String here = score(formula, features, lambda, layers);
        String there = score(formula, others, lambda, layers);
        String losses = formula.of(
                "Add",
                counted(formula, formula.of("Softplus", formula.of("Neg", here)), Objective.COUNTS),
                counted(formula, formula.of("Softplus", there), Streams.counts(others)));
        return Objective.of(
                "domain adversary",
                Streams.inputs(features, others, Objective.PROGRESS),
                formula,
                formula.of("Mul", losses, formula.number(0.5)));
    }

    /** As PyTorch's Linear: uniform in ±1/√inputs. */
    private static String weight(Formula formula, String name, SplittableRandom random, int inputs, long... shape) {
        double bound = 1 / Math.sqrt(inputs);
        float[] values = new float[Math.toIntExact(shape.length == 1 ? shape[0] : shape[0] * shape[1])];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-bound, bound);
        }
        return formula.weight(Tensor.ofFloats("discriminator." + name, shape, values));
    }

    /** How sure the discriminator is that an example is one of those to learn from. */
    private static String score(Formula formula, String features, String lambda, List<String> layers) {
        String rows = formula.reversed(formula.rows(features), lambda);
        String hidden = formula.of("Relu", formula.of("Gemm", rows, layers.get(0), layers.get(1)));
        return formula.of("Gemm", hidden, layers.get(2), layers.get(3));
    }

    private static String counted(Formula formula, String losses, String counts) {
        return formula.sum(formula.of("Mul", losses, formula.column(counts)));
    }
}
