package graft.quantize;

import graft.onnx.ElementType;
import graft.onnx.Graph;
import graft.onnx.HalfFloats;
import graft.onnx.Node;
import graft.onnx.Tensor;
import graft.rewrite.InnerTensors;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which operators stay float in an fp16 network, and why: fp16 ends at 65,504 and has no number between 0 and 6e-8. */
final class HalfOperators {
    private static final String SQUARES = "it adds up squares, which overflow above 65504";
    private static final String SUMS = "it adds up many numbers, which can pass 65504 or lose the small ones";
    private static final String SMALL = "small differences near 0 decide its result";
    private static final String VARIANCES = "variances below 6e-5 lose their digits in fp16";
    private static final String SLOTS = "some of its inputs must be float";
    private static final String MAKES = "it makes float numbers itself";
    private static final Map<String, String> REASONS = new HashMap<>();

    static {
        put(VARIANCES, "BatchNormalization");
        put(
                SQUARES,
                "InstanceNormalization LayerNormalization GroupNormalization LpNormalization MeanVarianceNormalization"
                        + " RMSNormalization LRN Pow ReduceL2 ReduceSumSquare LpPool GlobalLpPool Einsum");
        put(SUMS, "ReduceSum ReduceMean ReduceL1 ReduceProd ReduceLogSum ReduceLogSumExp CumSum Exp Softplus");
        put(SMALL, "Sqrt Reciprocal Log");
        put(SLOTS, "Resize Upsample NonMaxSuppression AffineGrid");
        put(
                MAKES,
                "Range RandomNormal RandomUniform RandomNormalLike RandomUniformLike EyeLike Multinomial Bernoulli"
                        + " ConstantOfShape Constant CastLike HannWindow HammingWindow BlackmanWindow MelWeightMatrix");
        put(
                "it handles lists of tensors",
                "SequenceConstruct SequenceInsert SequenceAt SequenceErase SequenceEmpty SplitToSequence"
                        + " ConcatFromSequence SequenceMap Optional OptionalGetElement OptionalHasElement");
    }

    private HalfOperators() {}

    private static void put(String reason, String operators) {
        for (String operator : operators.split(" ")) {
            REASONS.put(operator, reason);
        }
    }

    static Optional<String> reasonAgainst(Node node, Graph graph, InnerTensors tensors) {
        if (!node.domain().isEmpty()) {
            return Optional.of("operators of " + node.domain() + " may not know fp16");
        }
        if (!node.graphs().isEmpty()) {
            return Optional.of("it holds a sub-graph");
        }
        if (REASONS.containsKey(node.opType())) {
            return Optional.of(REASONS.get(node.opType()));
        }
        boolean reads = node.needs().stream().anyMatch(tensors::isFloat);
        if (!reads && node.outputs().stream().anyMatch(tensors::isFloat)) {
            return Optional.of(MAKES);
        }
        boolean castsToFloat = node.opType().equals("Cast") && node.attribute("to", 0L) == ElementType.FLOAT.code();
        if (castsToFloat) {
            return Optional.of(MAKES);
        }
        for (String input : node.inputs()) {
            Tensor constant = graph.initializers().get(input);
            if (constant != null && constant.type() == ElementType.FLOAT && !fits(constant)) {
                return Optional.of("its constant " + input + " has numbers that fp16 does not");
            }
        }
        return Optional.empty();
    }

    /** No number becomes infinite, and a single one (an epsilon) does not become 0. */
    private static boolean fits(Tensor constant) {
        for (float value : constant.toFloats()) {
            float half = HalfFloats.halfToFloat(HalfFloats.floatToHalf(value));
            boolean overflows = Float.isFinite(value) && !Float.isFinite(half);
            boolean vanishes = constant.size() == 1 && value != 0 && half == 0;
            if (overflows || vanishes) {
                return false;
            }
        }
        return true;
    }
}
