package graft.ops;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;

/** Losses that some files carry as operators: scores {@code [batch, classes, …]}, labels {@code [batch, …]}. */
final class LossOps {
    private LossOps() {}

    static void addTo(OpTable ops) {
        ops.add("NegativeLogLikelihoodLoss", 12, in -> negativeLogLikelihood(in, in.get(0)));
        ops.addAll("SoftmaxCrossEntropyLoss", 12, LossOps::softmaxCrossEntropy);
        ops.noGradientTo("NegativeLogLikelihoodLoss", 1);
        ops.noGradientTo("SoftmaxCrossEntropyLoss", 1);
    }

    private static NDList softmaxCrossEntropy(Call in) {
        NDArray logProbabilities = in.get(0).logSoftmax(1);
        return new NDList(negativeLogLikelihood(in, logProbabilities), logProbabilities);
    }

    private static NDArray negativeLogLikelihood(Call in, NDArray logProbabilities) {
        String reduction = in.node().attribute("reduction", "mean");
        int code =
                switch (reduction) {
                    case "none" -> 0;
                    case "mean" -> 1;
                    case "sum" -> 2;
                    default -> throw in.unsupported("reduction " + reduction);
                };
        // No label has the value that stands here for "ignore nothing".
        long ignored = in.node().attribute("ignore_index", Long.MIN_VALUE + 1);
        Arguments args = new Arguments();
        String scores = args.add(logProbabilities);
        String labels = args.add(in.get(1).toType(DataType.INT64, false));
        return in.torch(
                "torch.nll_loss_nd(" + scores + ", " + labels + ", " + args.add(in.optional(2)) + ", " + code + ", "
                        + ignored + ")",
                args.all());
    }
}
