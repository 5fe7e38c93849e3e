package graft.onnx.check;

import graft.Refusal;
import graft.onnx.Node;
import java.util.Arrays;
import java.util.Optional;

/** One node with what is known of its inputs. */
final class Facts {
    private final Node node;
    private final Known known;
    private final long opset;

    Facts(Node node, Known known, long opset) {
        this.node = node;
        this.known = known;
        this.opset = opset;
    }

    Node node() {
        return node;
    }

    long opset() {
        return opset;
    }

    boolean has(int input) {
        return !node.input(input).isEmpty();
    }

    /** The shape of an input; empty where its rank is not known. */
    Optional<long[]> shape(int input) {
        return known.shape(node.input(input));
    }

    /** The values of an input of whole numbers that is a constant. */
    Optional<long[]> numbers(int input) {
        return known.numbers(node.input(input));
    }

    int rank(int input) {
        return shape(input).map(shape -> shape.length).orElse(-1);
    }

    /** A list that older operator sets give as an attribute and newer ones as an input. */
    Optional<long[]> listed(String attribute, int input) {
        return node.has(attribute) ? Optional.of(node.attribute(attribute, new long[0])) : numbers(input);
    }

    /** Refuses the file unless {@code holds}; {@code demand} is what the specification asks for. */
    void require(boolean holds, String demand) {
        if (!holds) {
            throw new Refusal(node + " breaks the ONNX specification: " + demand
                    + ". The file is damaged: export or download it again.");
        }
    }

    void requireAtLeast(String attribute, long least, long most) {
        if (node.has(attribute)) {
            require(node.attribute(attribute, least), attribute, least, most);
        }
    }

    void requireAllAtLeast(String attribute, long least, long most) {
        for (long value : node.attribute(attribute, new long[0])) {
            require(value, attribute, least, most);
        }
    }

    private void require(long value, String what, long least, long most) {
        require(value >= least, what + " must be at least " + least + ", and is " + value);
        if (value > most) {
            throw new Refusal(node + " cannot be computed by any machine: its " + what + " hold " + value
                    + ". The file is damaged, or was made to do harm: export or download it again.");
        }
    }

    void requireLength(String attribute, int length) {
        if (node.has(attribute)) {
            int has = node.attribute(attribute, new long[0]).length;
            require(has == length, attribute + " must hold " + length + " numbers, and holds " + has);
        }
    }

    void requireRank(int input, int rank) {
        shape(input)
                .ifPresent(shape -> require(
                        shape.length == rank,
                        "its input " + input + " must have " + rank + " axes, and is " + Arrays.toString(shape)));
    }

    void requireRankAtLeast(int input, int rank) {
        shape(input)
                .ifPresent(shape -> require(
                        shape.length >= rank,
                        "its input " + input + " must have at least " + rank + " axes, and is "
                                + Arrays.toString(shape)));
    }

    /** Every axis of a weight must hold something. */
    void requireFilled(int input) {
        shape(input)
                .ifPresent(shape -> require(
                        Arrays.stream(shape).noneMatch(size -> size == 0),
                        "its weight may not have an axis of size 0, and is " + Arrays.toString(shape)));
    }

    void requireAxis(long axis, int rank) {
        require(
                axis >= -rank && axis < Math.max(rank, 1),
                "axis " + axis + " does not exist in a tensor of " + rank + " axes");
    }

    static long positive(long axis, int rank) {
        return axis < 0 ? axis + rank : axis;
    }

    /** Two sizes that must be the same, where both are known. */
    void requireSame(long a, long b, String what) {
        require(a < 0 || b < 0 || a == b, what + " must be the same, and are " + a + " and " + b);
    }
}
