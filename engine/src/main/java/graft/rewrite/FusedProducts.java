package graft.rewrite;

import graft.onnx.Node;
import java.util.ArrayList;
import java.util.List;

/** FusedMatMul and TransposeMatMul: a product of matrices that are turned first, times a number. */
final class FusedProducts {
    private FusedProducts() {}

    /** How one factor lies there: an axis of the batch first, or the matrix on its side. */
    private record Turn(boolean matrix, boolean batch) {
        static Turn of(Node node, String factor) {
            return new Turn(node.attribute("trans" + factor, 0) != 0, node.attribute("transBatch" + factor, 0) != 0);
        }

        boolean isNone() {
            return !matrix && !batch;
        }

        /** In the notation of Einsum: {@code row} and {@code column} around the axes of the batch. */
        String axes(String row, String column) {
            String first = matrix ? column : row;
            String last = matrix ? row : column;
            return batch ? first + "..." + last : "..." + first + last;
        }

        long[] permutation(int rank) {
            List<Long> axes = new ArrayList<>();
            for (long axis = batch ? 1 : 0; axis < rank - (batch ? 1 : 2); axis++) {
                axes.add(axis);
            }
            long first = batch ? 0 : rank - 2L;
            axes.add(matrix ? rank - 1L : first);
            axes.add(matrix ? first : rank - 1L);
            return axes.stream().mapToLong(Long::longValue).toArray();
        }
    }

    static void part(PartedNode to) {
        Node fused = to.fused();
        Turn a = Turn.of(fused, "A");
        Turn b = Turn.of(fused, "B");
        String left = turned(to, fused.input(0), a);
        String right = turned(to, fused.input(1), b);
        boolean known = !left.isEmpty() && !right.isEmpty();
        String equation = a.axes("i", "j") + "," + b.axes("j", "k") + "->...ik";
        float alpha = fused.attribute("alpha", 1f);
        if (alpha == 1) {
            if (known) {
                to.answer("MatMul", left, right);
            } else {
                to.answer(0, "Einsum", node -> node.with("equation", equation), fused.input(0), fused.input(1));
            }
            return;
        }
        String product = known
                ? to.step("MatMul", left, right)
                : to.step("Einsum", node -> node.with("equation", equation), fused.input(0), fused.input(1));
        to.answer("Mul", product, to.scalar(alpha));
    }

    /** A factor as MatMul takes it; "" where that needs the number of its axes, which the file does not say. */
    private static String turned(PartedNode to, String factor, Turn turn) {
        int rank = to.rank(factor);
        if (turn.isNone() || rank == 1) {
            return factor;
        }
        return rank < 2 ? "" : to.step("Transpose", node -> node.with("perm", turn.permutation(rank)), factor);
    }
}
