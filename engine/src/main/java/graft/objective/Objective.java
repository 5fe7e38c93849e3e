package graft.objective;

import graft.onnx.ElementType;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.ValueInfo;
import java.util.ArrayList;
import java.util.List;

/**
 * What training makes small, as a model of its own: its inputs are outputs of the network and targets, by name, and the scalar
 * {@link #SHARE}; its only output is the scalar {@link #LOSS}. It is run, differentiated, checked and saved like any other
 * model, and never part of the file that is shipped.
 *
 * <p>A step may go through the network in several micro-batches. The loss of each is its share of the step's mean: a sum over
 * its examples, times {@code share} = 1 / what the step's mean is taken over.
 */
public record Objective(String name, Model graph) {
    /** The output: {@code []}, FLOAT. */
    public static final String LOSS = "loss";

    /** The input that turns a sum into a share of the step's mean: {@code []}, FLOAT. */
    public static final String SHARE = "share";

    /**
     * An objective whose nodes end in {@code sum}, which is multiplied by {@link #SHARE}.
     *
     * @param answers outputs of the network that it needs
     * @param targets tensors that it needs beside them
     * @param sum a scalar: summed over the examples
     */
    public static Objective of(
            String name, List<ValueInfo> answers, List<ValueInfo> targets, List<Node> nodes, String sum) {
        Model empty = Model.create("graft", 8, 13);
        List<ValueInfo> inputs = new ArrayList<>(answers);
        inputs.addAll(targets);
        inputs.add(ValueInfo.of(SHARE, ElementType.FLOAT));
        List<Node> all = new ArrayList<>(nodes);
        all.add(Node.of("Mul", "mean", List.of(sum, SHARE), List.of(LOSS)));
        var editor = empty.graph().edit().named(name).inputs(inputs);
        editor.nodes().addAll(all);
        editor.outputs(List.of(ValueInfo.of(LOSS, ElementType.FLOAT)));
        return new Objective(name, empty.withGraph(editor.build()));
    }

    /** The operators of its nodes, in graph order: by these a faster form of the same is recognised. */
    public List<String> operators() {
        return graph.graph().nodes().stream().map(Node::opType).toList();
    }
}
