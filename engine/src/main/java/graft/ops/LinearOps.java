package graft.ops;

import ai.djl.ndarray.NDArray;
import java.util.Optional;

/** Matrix products. */
final class LinearOps {
    private LinearOps() {}

    static void addTo(OpTable ops) {
        ops.add("Einsum", 12, LinearOps::einsum);
        ops.add("Gemm", 1, LinearOps::gemm);
        ops.add(
                "MatMul",
                1,
                in -> in.rounds()
                        ? in.product("torch.matmul(a, b)", in.get(0), in.get(1))
                        : in.get(0).matMul(in.get(1)));
    }

    private static NDArray einsum(Call in) {
        Arguments args = new Arguments();
        StringBuilder list = new StringBuilder();
        for (NDArray array : in.all()) {
            list.append(list.isEmpty() ? "" : ", ").append(args.add(array));
        }
        String equation = in.node().attribute("equation", "");
        if (!equation.matches("[A-Za-z,.\\->\\s]*")) {
            throw in.unsupported("the equation " + equation);
        }
        return in.torch("torch.einsum(\"" + equation + "\", [" + list + "])", args.all());
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
        if (in.rounds() && alpha == 1 && beta == 1) {
            String left = transA ? "torch.t(a)" : "a";
            String right = transB ? "torch.t(b)" : "b";
            return bias.isEmpty()
                    ? in.product("torch.mm(" + left + ", " + right + ")", in.get(0), weight)
                    : in.product("torch.addmm(c, " + left + ", " + right + ")", in.get(0), weight, bias.get());
        }
        if (alpha == 1 && beta == 1 && transB && plainBias && x.getDataType().isFloating()) {
            return in.get(0)
                    .getNDArrayInternal()
                    .linear(x, weight, bias.orElse(null))
                    .singletonOrThrow();
        }
        NDArray y = x.matMul(transB ? weight.transpose() : weight);
        y = scaled(in, y, alpha);
        return bias.isEmpty() ? y : y.add(scaled(in, bias.get(), beta));
    }

    private static NDArray scaled(Call in, NDArray array, float factor) {
        if (factor == 1) {
            return array;
        }
        return array.mul(array.getDataType().isFloating() ? in.scalar(factor) : in.scalar((long) factor));
    }
}
