package graft.ops;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Optional;

/**
 * How a convolution is written for PyTorch. On some processors (virtual machines with AMD's that do not tell their caches)
 * PyTorch 2.7's own kernels compute wrong numbers where channels do not fill the blocks they are copied into, and wrong
 * gradients too; so they are tried out once. Where they are wrong, kernels of one pixel become the linear layer over
 * channels that they equal, and all others keep their channels last, which needs no copy: over one axis as over two.
 * Depthwise convolutions with several results per channel are wrong with channels last, whatever the trial says.
 *
 * @param axes spatial axes of the node
 * @param detour whether PyTorch's own kernels are not to be used as they are
 * @param first whether the channels come first on the detour
 */
record ConvolutionForm(int axes, boolean detour, boolean first) {
    /** Numbers of results that were seen to be wrong; 64 and its neighbours were not. */
    private static final int[] TRIED = {80, 100, 112, 176, 1000, 1280};

    private static final int CHANNELS = 64;
    private static final double ROUNDING = 1e-3;

    /** Empty until it was tried; set by the tests, which want either way. */
    static Optional<Boolean> right = Optional.empty();

    /**
     * @param weight {@code [out, in / group, …]}, or for a transposed convolution {@code [in, out / group, …]}
     * @param multiplied whether the convolution is depthwise, with several results per channel
     */
    static ConvolutionForm of(Call in, NDArray weight, boolean multiplied) {
        boolean known =
                weight.getDataType() == DataType.FLOAT32 && !weight.getDevice().isGpu();
        boolean detour = known && (multiplied || !isRight(in));
        return new ConvolutionForm(weight.getShape().dimension() - 2, detour, multiplied || isPoint(weight.getShape()));
    }

    private static boolean isPoint(Shape weight) {
        return weight.slice(2).size() == 1;
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

    /** Whether a convolution is wrong as it stands: not where its kernel, an initializer, has its channels last already. */
    boolean isNeeded(Call in) {
        return detour && (first || axes != 2 || !in.isInitializer(1));
    }

    /** A convolution of arrays as PyTorch's function takes them. */
    NDArray conv(Call in, NDArray x, NDArray weight, Optional<NDArray> bias, Window window, long group) {
        Arguments args = new Arguments();
        String input = args.add(x);
        String kernel = args.add(weight);
        String added = args.add(bias);
        boolean layer = isPoint(weight.getShape())
                && axes < 3
                && group == 1
                && Arrays.stream(window.evenPads()).allMatch(pad -> pad == 0);
        String call = detour && layer
                ? linear(input, kernel, added, weight.getShape(), window)
                : "torch.conv" + torchAxes() + "d(" + array(input) + ", " + array(kernel) + ", " + added + ", "
                        + list(window.strides(), 1) + ", " + list(window.evenPads(), 0) + ", "
                        + list(window.dilations(), 1) + ", " + group + ")";
        return in.product(result(call), args.all());
    }

    private String linear(String input, String kernel, String bias, Shape weight, Window window) {
        String seen = planar(input);
        long[] strides = window.strides();
        for (int i = 0; i < strides.length; i++) {
            if (strides[i] > 1) {
                int axis = torchAxes() - axes + 2 + i;
                seen = "torch.slice(" + seen + ", " + axis + ", 0, None, " + strides[i] + ")";
            }
        }
        return "torch.permute(torch.linear(torch.permute(torch.contiguous(" + seen + ", memory_format=2)"
                + ", [0, 2, 3, 1]), torch.reshape(" + kernel + ", [" + weight.get(0) + ", " + weight.get(1) + "]), "
                + bias + "), [0, 3, 1, 2])";
    }

    /** Spatial axes of PyTorch's function. */
    int torchAxes() {
        return isLine() ? 2 : axes;
    }

    /** An input or weight as PyTorch's function gets it. */
    String array(String name) {
        if (!detour) {
            return name;
        }
        return "torch.contiguous(" + planar(name) + (first ? ")" : ", memory_format=" + torchAxes() + ")");
    }

    /** One number per spatial axis; {@code first} for the axis that the detour adds. */
    String list(long[] values, long first) {
        if (!isLine()) {
            return Call.list(values);
        }
        return Call.list(first, values[0]);
    }

    /** What the node is to give, of what PyTorch's function gave. */
    String result(String call) {
        return isLine() ? "torch.squeeze(" + call + ", 2)" : call;
    }

    private String planar(String name) {
        return isLine() ? "torch.unsqueeze(" + name + ", 2)" : name;
    }

    private boolean isLine() {
        return detour && axes == 1;
    }
}
