package graft.network;

import graft.onnx.ElementType;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A new classifier: pooling where the features have height and width, then one linear layer to {@code logits [N, classes]}.
 *
 * @param features the tensor it stands on
 * @param featureShape its shape for one example, batch axis included
 * @param weight name of its weight {@code [classes, width]}
 * @param bias name of its bias {@code [classes]}
 * @param weightValues row by row
 */
public record Head(
        String features,
        long[] featureShape,
        List<String> classes,
        String weight,
        String bias,
        float[] weightValues,
        float[] biasValues) {

    /** How a new head's numbers begin. */
    public enum Init {
        /** As PyTorch's Linear: uniform in ±1/√width, weight and bias. */
        DEFAULT,
        ZEROS
    }

    /** Name of the network's new output. */
    public static final String LOGITS = "logits";

    /**
     * A head for {@code network}, on its tensor {@code features}.
     *
     * @param featureShape shape of the features of one example, batch axis included
     * @param seed of the first numbers
     */
    public static Head linear(
            Network network, String features, long[] featureShape, List<String> classes, Init init, long seed) {
        int width = width(featureShape);
        float[] weightValues = new float[classes.size() * width];
        float[] biasValues = new float[classes.size()];
        if (init == Init.DEFAULT) {
            double bound = 1 / Math.sqrt(width);
            SplittableRandom random = new SplittableRandom(seed);
            for (int i = 0; i < weightValues.length; i++) {
                weightValues[i] = (float) random.nextDouble(-bound, bound);
            }
            for (int i = 0; i < biasValues.length; i++) {
                biasValues[i] = (float) random.nextDouble(-bound, bound);
            }
        }
        GraphEditor left = bodyBelow(network.model(), features);
        return new Head(
                features,
                featureShape,
                classes,
                left.freshName("head.weight"),
                left.freshName("head.bias"),
                weightValues,
                biasValues);
    }

    /** Inputs of the linear layer: channels after pooling, else everything but the batch axis. */
    private static int width(long[] shape) {
        if (shape.length == 4) {
            return Math.toIntExact(shape[1]);
        }
        long width = 1;
        for (int i = 1; i < shape.length; i++) {
            width *= shape[i];
        }
        return Math.toIntExact(width);
    }

    /** {@code model} cut above the features, with this head on them. */
    Model graftOn(Model model) {
        GraphEditor editor = bodyBelow(model, features);
        String flat = features;
        if (featureShape.length == 4) {
            String pooled = editor.freshName("head.pooled");
            editor.nodes()
                    .add(Node.of("GlobalAveragePool", editor.freshName("head.pool"), List.of(flat), List.of(pooled)));
            flat = pooled;
        }
        if (featureShape.length != 2) {
            String rows = editor.freshName("head.features");
            editor.nodes()
                    .add(Node.of("Flatten", editor.freshName("head.flatten"), List.of(flat), List.of(rows))
                            .with("axis", 1L));
            flat = rows;
        }
        if (!editor.freshName(LOGITS).equals(LOGITS)) {
            String old = editor.freshName(LOGITS + ".body");
            rename(editor, LOGITS, old);
            flat = flat.equals(LOGITS) ? old : flat;
        }
        editor.put(Tensor.ofFloats(weight, new long[] {classes.size(), width(featureShape)}, weightValues));
        editor.put(Tensor.ofFloats(bias, new long[] {classes.size()}, biasValues));
        editor.nodes()
                .add(Node.of("Gemm", editor.freshName("head"), List.of(flat, weight, bias), List.of(LOGITS))
                        .with("transB", 1L));
        editor.outputs(
                List.of(ValueInfo.of(LOGITS, ElementType.FLOAT, batchAxis(model), ValueInfo.Dim.of(classes.size()))));
        return model.withGraph(editor.build());
    }

    /** What is left of the network when everything above {@code features} is cut off. */
    private static GraphEditor bodyBelow(Model model, String features) {
        return model.graph().edit().outputs(List.of(ValueInfo.ofName(features))).prune();
    }

    /** An inner tensor of the old network that has the name the new output needs. */
    private static void rename(GraphEditor editor, String from, String to) {
        editor.redirect(from, to);
        editor.replaceNodes(node -> node.outputs().contains(from)
                ? node.withOutputs(node.outputs().stream()
                        .map(name -> name.equals(from) ? to : name)
                        .toList())
                : node);
    }

    private static ValueInfo.Dim batchAxis(Model model) {
        return model.graph().inputs().stream()
                .flatMap(input -> input.shape().stream())
                .filter(shape -> !shape.isEmpty())
                .map(shape -> shape.get(0))
                .findFirst()
                .orElse(ValueInfo.Dim.free("N"));
    }
}
