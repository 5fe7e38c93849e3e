package graft.ops;

import ai.djl.ndarray.NDArray;

/** Element-wise arithmetic with broadcasting. */
final class ArithmeticOps {
    private ArithmeticOps() {}

    static void addTo(OpTable ops) {
        ops.add("Add", 7, in -> in.get(0).add(in.get(1)));
        ops.add("Mul", 7, in -> in.get(0).mul(in.get(1)));
        ops.add("Sub", 7, in -> in.get(0).sub(in.get(1)));
        ops.add("Sum", 8, ArithmeticOps::sum);
    }

    private static NDArray sum(Call in) {
        NDArray total = in.get(0);
        for (int i = 1; i < in.size(); i++) {
            total = total.add(in.get(i));
        }
        return total;
    }
}
