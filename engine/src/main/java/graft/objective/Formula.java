package graft.objective;

import graft.onnx.Node;
import graft.onnx.Tensor;
import graft.ops.GradientOps;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes the nodes of an objective, a call each; every call answers with the name of what it computes. */
final class Formula {
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private final Set<String> learning = new LinkedHashSet<>();

    String of(String opType, String... inputs) {
        return add(Node.of(opType, "", List.of(inputs), List.of()));
    }

    /** A node without a name and outputs. */
    String add(Node node) {
        String name = node.opType() + "_" + nodes.size();
        nodes.add(node.named(name).withOutputs(List.of(name)));
        return name;
    }

    String number(double value) {
        return constant(Tensor.ofFloats("number_" + tensors.size(), new long[0], (float) value));
    }

    String constant(Tensor tensor) {
        tensors.put(tensor.name(), tensor);
        return tensor.name();
    }

    /** A tensor that learns with the network, and is no part of it. */
    String weight(Tensor first) {
        learning.add(first.name());
        return constant(first);
    }

    /** Over all axes. */
    String sum(String of) {
        return add(Node.of("ReduceSum", "", List.of(of), List.of()).with("keepdims", 0L));
    }

    /** Over one axis, which stays. */
    String sum(String of, long axis) {
        String axes = constant(Tensor.ofLongs("axis_" + tensors.size(), new long[] {1}, axis));
        return add(Node.of("ReduceSum", "", List.of(of, axes), List.of()).with("keepdims", 1L));
    }

    /** A node that acts along one axis. */
    String along(String opType, long axis, String... inputs) {
        return add(Node.of(opType, "", List.of(inputs), List.of()).with("axis", axis));
    }

    String squared(String of) {
        return of("Mul", of, of);
    }

    /** {@code [N, …]} as {@code [N, all others]}. */
    String rows(String of) {
        return along("Flatten", 1, of);
    }

    /** {@code [N]} as {@code [N, 1]}. */
    String column(String of) {
        return along("Flatten", 1, of);
    }

    String transposed(String of) {
        return add(Node.of("Transpose", "", List.of(of), List.of()).with("perm", new long[] {1, 0}));
    }

    String reversed(String of, String lambda) {
        return add(Node.of(GradientOps.REVERSAL, "", List.of(of, lambda), List.of())
                .in(GradientOps.DOMAIN));
    }

    String stopped(String of) {
        return add(Node.of(GradientOps.STOP, "", List.of(of), List.of()).in(GradientOps.DOMAIN));
    }

    List<Node> nodes() {
        return nodes;
    }

    Map<String, Tensor> tensors() {
        return tensors;
    }

    Set<String> learning() {
        return learning;
    }
}
