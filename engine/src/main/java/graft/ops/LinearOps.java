package graft.ops;

import ai.djl.ndarray.NDArray;
import java.util.Optional;

/** Matrix products. */
final class LinearOps {
    private LinearOps() {}

    static void addTo(OpTable ops) {
        ops.add("Gemm", 7, LinearOps::gemm);
        ops.add("MatMul", 1, in -> in.get(0).matMul(in.get(1)));
    }

    private static NDArray gemm(Call in) {
        float alpha = in.node().attribute("alpha", 1f);
        float beta = in.node().attribute("beta", 1f);
        boolean transA = in.node().attribute("transA", 0) != 0;
        boolean transB = in.node().attribute("transB", 0) != 0;
        Optional<NDArray> bias = in.optional(2);
        NDArray x = transA ? in.get(0).transpose() : in.get(0);
        NDArray weight = in.get(1);
        boolean plainBias = bias.isEmpty() || bias.get().getShape().dimension() == 1;
        if (alpha == 1 && beta == 1 && transB && plainBias) {
            return in.get(0)
                    .getNDArrayInternal()
                    .linear(x, weight, bias.orElse(null))
                    .singletonOrThrow();
        }
        NDArray y = x.matMul(transB ? weight.transpose() : weight);
        y = alpha == 1 ? y : y.mul(alpha);
        if (bias.isEmpty()) {
            return y;
        }
        return y.add(beta == 1 ? bias.get() : bias.get().mul(beta));
    }
}
