package graft.onnx.check;

import java.util.Arrays;
import java.util.Map;

/** Operators that slide a window: convolutions and pooling. */
final class WindowRules {
    /** Of strides, pads, dilations and windows: native code multiplies them with one another in 64 bits. */
    private static final long MOST = 1L << 20;

    private WindowRules() {}

    static void addTo(Map<String, Rule> rules) {
        rules.put("Conv", facts -> convolution(facts, 1));
        rules.put("ConvInteger", facts -> convolution(facts, 1));
        rules.put("QLinearConv", facts -> convolution(facts, 3));
        rules.put("FusedConv", facts -> convolution(facts, 1));
        rules.put("ConvTranspose", WindowRules::transposed);
        rules.put("MaxPool", WindowRules::pool);
        rules.put("AveragePool", WindowRules::pool);
        rules.put("LpPool", WindowRules::pool);
        rules.put("GlobalAveragePool", facts -> facts.requireRankAtLeast(0, 2));
        rules.put("GlobalMaxPool", facts -> facts.requireRankAtLeast(0, 2));
        rules.put("MaxUnpool", WindowRules::pool);
        rules.put("LRN", facts -> {
            facts.require(facts.node().has("size"), "size is required");
            facts.requireAtLeast("size", 1, MOST);
            facts.requireRankAtLeast(0, 2);
        });
        rules.put("RoiAlign", facts -> {
            facts.requireAtLeast("output_height", 1, MOST);
            facts.requireAtLeast("output_width", 1, MOST);
            facts.requireAtLeast("sampling_ratio", 0, MOST);
            facts.requireRank(0, 4);
        });
        rules.put("MaxRoiPool", facts -> facts.requireAllAtLeast("pooled_shape", 1, MOST));
    }

    private static void convolution(Facts facts, int weight) {
        weights(facts, weight);
        facts.shape(weight).ifPresent(w -> {
            long group = facts.node().attribute("group", 1L);
            facts.require(w[0] % group == 0, "its " + w[0] + " kernels do not divide into " + group + " groups");
            facts.shape(0)
                    .ifPresent(x -> facts.requireSame(
                            x[1],
                            w[1] < 0 ? -1 : w[1] * group,
                            "the channels of the input and of the kernel (times group)"));
            facts.shape(0).ifPresent(x -> fits(facts, x, Arrays.copyOfRange(w, 2, w.length)));
        });
        int bias = weight == 3 ? 8 : 2;
        if (facts.has(bias) && !facts.node().opType().equals("ConvInteger")) {
            facts.requireRank(bias, 1);
            facts.shape(bias).ifPresent(b -> facts.shape(weight)
                    .ifPresent(w -> facts.requireSame(b[0], w[0], "the sizes of bias and kernels")));
        }
    }

    private static void transposed(Facts facts) {
        weights(facts, 1);
        facts.requireAllAtLeast("output_padding", 0, MOST);
        facts.requireAllAtLeast("output_shape", 1, MOST);
        facts.shape(1).ifPresent(w -> {
            facts.requireLength("output_padding", w.length - 2);
            long group = facts.node().attribute("group", 1L);
            facts.require(w[0] % group == 0, "its " + w[0] + " channels do not divide into " + group + " groups");
            facts.shape(0).ifPresent(x -> facts.requireSame(x[1], w[0], "the channels of the input and of the kernel"));
        });
        if (facts.has(2)) {
            facts.requireRank(2, 1);
            facts.shape(2).ifPresent(b -> facts.shape(1)
                    .ifPresent(w -> facts.requireSame(
                            b[0], w[1] * facts.node().attribute("group", 1L), "the sizes of bias and kernels")));
        }
    }

    private static void weights(Facts facts, int weight) {
        facts.requireAtLeast("group", 1, MOST);
        facts.requireRankAtLeast(weight, 3);
        facts.requireFilled(weight);
        facts.shape(weight).ifPresent(w -> {
            int spatial = w.length - 2;
            facts.requireRank(0, w.length);
            long[] kernel = facts.node().attribute("kernel_shape", Arrays.copyOfRange(w, 2, w.length));
            facts.require(
                    kernel.length == spatial,
                    "kernel_shape must hold " + spatial + " numbers for a kernel of " + w.length + " axes");
            for (int i = 0; i < spatial; i++) {
                facts.requireSame(kernel[i], w[i + 2], "kernel_shape and the kernel's sizes");
            }
            lengths(facts, spatial);
        });
        sizes(facts);
    }

    private static void pool(Facts facts) {
        facts.require(facts.node().has("kernel_shape"), "kernel_shape is required");
        long[] kernel = facts.node().attribute("kernel_shape", new long[0]);
        facts.require(kernel.length > 0, "kernel_shape is empty");
        sizes(facts);
        lengths(facts, kernel.length);
        facts.requireRank(0, kernel.length + 2);
        facts.shape(0).ifPresent(x -> fits(facts, x, kernel));
    }

    private static void sizes(Facts facts) {
        facts.requireAllAtLeast("kernel_shape", 1, MOST);
        facts.requireAllAtLeast("strides", 1, MOST);
        facts.requireAllAtLeast("dilations", 1, MOST);
        facts.requireAllAtLeast("pads", 0, MOST);
    }

    private static void lengths(Facts facts, int spatial) {
        facts.requireLength("strides", spatial);
        facts.requireLength("dilations", spatial);
        facts.requireLength("pads", 2 * spatial);
    }

    /** The window must fit into the padded input. */
    private static void fits(Facts facts, long[] x, long[] kernel) {
        if (!facts.node().attribute("auto_pad", "NOTSET").equals("NOTSET")) {
            return;
        }
        int spatial = kernel.length;
        long[] pads = facts.node().attribute("pads", new long[2 * spatial]);
        long[] dilations = facts.node().attribute("dilations", new long[0]);
        for (int i = 0; i < spatial && i + 2 < x.length; i++) {
            long window = (dilations.length == 0 ? 1 : dilations[i]) * (kernel[i] - 1) + 1;
            long padded = x[i + 2] + pads[i] + pads[i + spatial];
            facts.require(
                    x[i + 2] < 0 || kernel[i] < 0 || window <= padded,
                    "a window of " + window + " does not fit into an input of " + padded + " (padding included)");
        }
    }
}
