package graft.ops;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Arrays;
import java.util.Optional;

/** Convolutions over one, two or three spatial axes: {@code [batch, channels, …]}. */
final class ConvolutionOps {
    private ConvolutionOps() {}

    static void addTo(OpTable ops) {
        ops.add("Col2Im", 18, ConvolutionOps::col2Im);
        ops.add("Conv", 1, ConvolutionOps::conv);
        ops.add("ConvTranspose", 1, ConvolutionOps::convTranspose);
        ops.noGradientTo("Col2Im", 1, 2);
    }

    private static NDArray conv(Call in) {
        NDArray weight = in.get(1);
        Window window = Window.of(in.node(), in.get(0).getShape(), spatial(weight.getShape()));
        NDArray x = window.padUneven(in, in.get(0), 0);
        long group = in.node().attribute("group", 1);
        boolean multiplied =
                group > 1 && weight.getShape().get(1) == 1 && weight.getShape().get(0) > group;
        ConvolutionForm form = ConvolutionForm.of(in, weight, multiplied);
        if (form.isNeeded(in) || in.rounds()) {
            return form.conv(in, x, weight, in.optional(2), window, group);
        }
        return JniUtils.convolution(
                (PtNDArray) x,
                (PtNDArray) weight,
                (PtNDArray) in.optional(2).orElse(null),
                new Shape(window.strides()),
                new Shape(window.evenPads()),
                new Shape(window.dilations()),
                Math.toIntExact(group));
    }

    /** The kernel's extent: the axes of a weight {@code [out, in / group, …]} from the third on. */
    private static long[] spatial(Shape weight) {
        return Arrays.copyOfRange(weight.getShape(), 2, weight.dimension());
    }

    // DJL's deconvolution is not implemented.
    private static NDArray convTranspose(Call in) {
        NDArray x = in.get(0);
        NDArray weight = in.get(1);
        Optional<NDArray> bias = in.optional(2);
        long[] kernel = spatial(weight.getShape());
        long[] extra = in.node().attribute("output_padding", new long[kernel.length]);
        Window window = outputWindow(in, x.getShape(), kernel, extra);
        boolean direct = window.isEven();
        for (int i = 0; i < kernel.length; i++) {
            direct &= window.begin()[i] >= 0 && extra[i] < Math.max(window.strides()[i], window.dilations()[i]);
        }
        int axes = kernel.length;
        String group = String.valueOf(in.node().attribute("group", 1));
        ConvolutionForm form = ConvolutionForm.of(in, weight, false);
        Arguments args = new Arguments();
        String call = "torch.conv_transpose" + form.torchAxes() + "d(" + form.array(args.add(x)) + ", "
                + form.array(args.add(weight)) + ", ";
        String strides = form.list(window.strides(), 1);
        String dilations = form.list(window.dilations(), 1);
        if (direct) {
            return in.torch(
                    form.result(call + args.add(bias) + ", " + strides + ", " + form.list(window.begin(), 0) + ", "
                            + form.list(extra, 0) + ", " + group + ", " + dilations + ")"),
                    args.all());
        }
        String zeros = form.list(new long[axes], 0);
        NDArray whole = in.torch(
                form.result(call + "None, " + strides + ", " + zeros + ", " + zeros + ", " + group + ", " + dilations
                        + ")"),
                args.all());
        long[] begin = new long[axes];
        long[] end = new long[axes];
        for (int i = 0; i < axes; i++) {
            begin[i] = -window.begin()[i];
            end[i] = extra[i] - window.end()[i];
        }
        String fit = Call.list(Window.torchPads(begin, end));
        NDArray fitted = in.torch("torch.constant_pad_nd(a, " + fit + ", 0.0)", whole);
        if (bias.isEmpty()) {
            return fitted;
        }
        long channels = bias.get().getShape().size();
        return fitted.add(bias.get()
                .reshape(ActivationOps.channelShape(channels, x.getShape().dimension())));
    }

    /** The pads that cut the output to the extent that {@code output_shape} or {@code auto_pad} ask for. */
    private static Window outputWindow(Call in, Shape input, long[] kernel, long[] extra) {
        Window window = Window.of(in.node(), input, kernel);
        String auto = in.node().attribute("auto_pad", "NOTSET");
        boolean same = auto.startsWith("SAME");
        if (!in.node().has("output_shape") && !same) {
            return window;
        }
        int axes = kernel.length;
        long[] wanted = in.node().attribute("output_shape", new long[0]);
        long[] begin = new long[axes];
        long[] end = new long[axes];
        for (int i = 0; i < axes; i++) {
            long size = input.get(i + 2);
            // Some files give the batch and channels too.
            long output = wanted.length == 0 ? size * window.strides()[i] : wanted[wanted.length - axes + i];
            long whole = window.strides()[i] * (size - 1) + extra[i] + (kernel[i] - 1) * window.dilations()[i] + 1;
            long total = Math.max(0, whole - output);
            begin[i] = auto.equals("SAME_UPPER") ? total / 2 : total - total / 2;
            end[i] = whole - output - begin[i]; // negative where zeros are to be added
        }
        return new Window(kernel, window.strides(), window.dilations(), begin, end);
    }

    /** Lays the columns of sliding blocks back and adds what overlaps; any number of spatial axes. */
    private static NDArray col2Im(Call in) {
        long[] image = in.longs(1);
        long[] block = in.longs(2);
        int axes = image.length;
        long[] strides = in.node().attribute("strides", Window.repeat(1, axes));
        long[] dilations = in.node().attribute("dilations", Window.repeat(1, axes));
        long[] pads = in.node().attribute("pads", new long[2 * axes]);
        long[] padded = new long[axes];
        long[] steps = new long[axes];
        long[] begin = new long[axes];
        long[] end = new long[axes];
        for (int i = 0; i < axes; i++) {
            padded[i] = image[i] + pads[i] + pads[axes + i];
            steps[i] = (padded[i] - (block[i] - 1) * dilations[i] - 1) / strides[i] + 1;
            begin[i] = -pads[i];
            end[i] = -pads[axes + i];
        }
        long blockSize = new Shape(block).size();
        long places = new Shape(steps).size();
        long[] target = new long[Math.toIntExact(blockSize * places)];
        for (int b = 0; b < blockSize; b++) {
            for (int p = 0; p < places; p++) {
                target[(int) (b * places + p)] = position(b, p, block, steps, strides, dilations, padded);
            }
        }
        NDArray x = in.get(0);
        long batch = x.getShape().get(0);
        long channels = x.getShape().get(1) / blockSize;
        in.checkSize(batch, channels, new Shape(padded).size());
        NDArray index = in.create(target);
        long[] whole = new long[axes + 2];
        whole[0] = batch;
        whole[1] = channels;
        System.arraycopy(padded, 0, whole, 2, axes);
        return in.script(
                        "x = torch.reshape(a, " + Call.list(batch, channels, blockSize * places) + ")\n"
                                + "z = torch.zeros(" + Call.list(batch, channels, new Shape(padded).size())
                                + ", dtype=" + Types.code(x.getDataType()) + Call.WHERE_A_IS + ")\n"
                                + "y = torch.reshape(torch.index_add(z, 2, b, x), " + Call.list(whole) + ")\n"
                                + "return torch.constant_pad_nd(y, " + Call.list(Window.torchPads(begin, end))
                                + ", 0.0)",
                        1,
                        x,
                        index)
                .head();
    }

    /** Where element {@code b} of the block at place {@code p} lies in the padded image, both counted row by row. */
    private static long position(
            long b, long p, long[] block, long[] steps, long[] strides, long[] dilations, long[] padded) {
        long position = 0;
        long scale = 1;
        for (int i = block.length - 1; i >= 0; i--) {
            position += ((p % steps[i]) * strides[i] + (b % block[i]) * dilations[i]) * scale;
            scale *= padded[i];
            b /= block[i];
            p /= steps[i];
        }
        return position;
    }
}
