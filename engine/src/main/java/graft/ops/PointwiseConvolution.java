package graft.ops;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Convolutions with kernels of one pixel. On some processors (AMD's with AVX-512 that were tried) PyTorch 2.7's own kernel
 * computes wrong numbers where channels lie last and there are, for instance, 80 or 112 of them; so it is tried out
 * once, and where it is wrong the convolution is the linear layer over channels that it equals.
 */
final class PointwiseConvolution {
    /** Numbers of results that were seen to be wrong; 64 and its neighbours were not. */
    private static final int[] TRIED = {80, 100, 112, 176, 1000, 1280};

    private static final int CHANNELS = 64;
    private static final double ROUNDING = 1e-3;

    /** Empty until it was tried; set by the tests, which want either way. */
    static Optional<Boolean> right = Optional.empty();

    private PointwiseConvolution() {}

    /** Whether a convolution must be computed here instead of by PyTorch's own kernel. */
    static boolean isNeeded(Call in, NDArray weight, Window window) {
        long[] shape = weight.getShape().getShape();
        return shape.length == 4
                && shape[2] == 1
                && shape[3] == 1
                && weight.getDataType() == DataType.FLOAT32
                && window.evenPads()[0] == 0
                && window.evenPads()[1] == 0
                && !isRight(in);
    }

    private static synchronized boolean isRight(Call in) {
        if (right.isEmpty()) {
            // On one thread these shapes come out right and others wrong.
            right = Optional.of(TorchEngine.onThreads(2, () -> {
                boolean all = true;
                try (NDManager scratch = in.manager().newSubManager()) {
                    for (int results : TRIED) {
                        all &= difference(scratch, in, results) < ROUNDING;
                    }
                }
                return all;
            }));
        }
        return right.get();
    }

    /** The largest difference between the kernels for channels last and for channels first, on made-up numbers. */
    private static double difference(NDManager scratch, Call in, int results) {
        try (NDArray anchor = scratch.zeros(new Shape(1))) {
            return in.torchScript()
                    .call(
                            scratch,
                            "x = torch.reshape(torch.sin(torch.arange(" + 4 * CHANNELS * 49 + ")), [4, " + CHANNELS
                                    + ", 7, 7])\n"
                                    + "w = torch.reshape(torch.cos(torch.arange(" + results * CHANNELS + ")), ["
                                    + results
                                    + ", " + CHANNELS + ", 1, 1])\n"
                                    + "first = torch.conv2d(x, w)\n"
                                    + "last = torch.conv2d(torch.contiguous(x, memory_format=2),"
                                    + " torch.contiguous(w, memory_format=2))\n"
                                    + "return torch.add(a, torch.max(torch.abs(torch.sub(first, last))))",
                            1,
                            anchor)
                    .head()
                    .getFloat();
        }
    }

    static NDArray run(Call in, NDArray x, NDArray weight, Optional<NDArray> bias, long[] strides, long group) {
        List<NDArray> arguments = new ArrayList<>(List.of(x, weight));
        bias.ifPresent(arguments::add);
        String added = bias.isPresent() ? "c" : "None";
        NDArray[] arrays = arguments.toArray(NDArray[]::new);
        if (group > 1) {
            return in.product(
                    "torch.conv2d(torch.contiguous(a), torch.contiguous(b), " + added + ", " + Call.list(strides)
                            + ", [0, 0], [1, 1], " + group + ")",
                    arrays);
        }
        long[] shape = weight.getShape().getShape();
        String seen = strides[0] == 1 && strides[1] == 1
                ? "a"
                : "torch.slice(torch.slice(a, 2, 0, None, " + strides[0] + "), 3, 0, None, " + strides[1] + ")";
        return in.product(
                "torch.permute(torch.linear(torch.permute(torch.contiguous(" + seen
                        + ", memory_format=2), [0, 2, 3, 1])," + " torch.reshape(b, [" + shape[0] + ", " + shape[1]
                        + "]), " + added + "), [0, 3, 1, 2])",
                arrays);
    }
}
