package graft.onnx.check;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Operators that compute with shapes, axes and indices. */
final class TensorRules {
    private static final long MOST = 1L << 40;

    private TensorRules() {}

    static void addTo(Map<String, Rule> rules) {
        rules.put("Concat", TensorRules::concat);
        rules.put("Split", TensorRules::split);
        rules.put("Reshape", TensorRules::reshape);
        rules.put("Transpose", TensorRules::transpose);
        rules.put("Flatten", facts -> {
            int rank = facts.rank(0);
            long axis = facts.node().attribute("axis", 1L);
            facts.require(rank < 0 || axis >= -rank && axis <= rank, "axis " + axis + " does not exist in its input");
        });
        rules.put("Squeeze", facts -> axes(facts, facts.rank(0), 1));
        rules.put("Unsqueeze", facts -> facts.listed("axes", 1)
                .ifPresent(axes -> axes(facts, facts.rank(0) < 0 ? -1 : facts.rank(0) + axes.length, 1)));
        rules.put("Gather", facts -> gather(facts));
        rules.put("GatherElements", facts -> gather(facts));
        rules.put("ScatterElements", facts -> gather(facts));
        rules.put("Scatter", facts -> gather(facts));
        rules.put("GatherND", facts -> facts.requireAtLeast("batch_dims", 0, 64));
        rules.put("Slice", TensorRules::slice);
        rules.put("Pad", TensorRules::pad);
        rules.put("Expand", facts -> filled(facts, 1, 0));
        rules.put("Tile", facts -> {
            filled(facts, 1, 0);
            facts.numbers(1)
                    .ifPresent(repeats -> facts.require(
                            facts.rank(0) < 0 || repeats.length == facts.rank(0),
                            "repeats must hold one number for each axis of its input"));
        });
        rules.put("ConstantOfShape", facts -> filled(facts, 0, 0));
        rules.put("Range", facts -> facts.numbers(2)
                .ifPresent(delta ->
                        facts.require(delta.length == 1 && delta[0] != 0, "delta must be one number that is not 0")));
        rules.put("OneHot", facts -> filled(facts, 1, 1));
        rules.put("TopK", facts -> {
            anyAxis(facts, -1);
            filled(facts, 1, 0);
        });
        rules.put("DepthToSpace", facts -> blocks(facts));
        rules.put("SpaceToDepth", facts -> blocks(facts));
        for (String op : List.of("Softmax", "LogSoftmax", "Hardmax")) {
            rules.put(op, facts -> anyAxis(facts, facts.opset() >= 13 ? -1 : 1));
        }
        for (String op : List.of("ArgMax", "ArgMin", "Compress", "Unique")) {
            rules.put(op, facts -> anyAxis(facts, 0));
        }
        for (String op : List.of("Max", "Min", "Mean", "Sum", "Prod", "L1", "L2", "LogSum", "LogSumExp", "SumSquare")) {
            rules.put("Reduce" + op, facts -> axes(facts, facts.rank(0), 1));
        }
        rules.put("Resize", TensorRules::resize);
        rules.put("Upsample", TensorRules::resize);
    }

    private static void anyAxis(Facts facts, long usual) {
        if (facts.rank(0) >= 0 && facts.node().has("axis")) {
            facts.requireAxis(facts.node().attribute("axis", usual), facts.rank(0));
        }
    }

    private static void axes(Facts facts, int rank, int input) {
        facts.listed("axes", input).ifPresent(axes -> {
            for (long axis : axes) {
                if (rank >= 0) {
                    facts.requireAxis(axis, rank);
                }
            }
        });
    }

    private static void filled(Facts facts, int input, long least) {
        facts.numbers(input).ifPresent(sizes -> {
            for (long size : sizes) {
                facts.require(
                        size >= least && size <= MOST,
                        "sizes must lie between " + least + " and what a machine can hold; one is " + size);
            }
        });
    }

    private static void concat(Facts facts) {
        int first = facts.rank(0);
        if (first < 0) {
            return;
        }
        facts.requireAxis(facts.node().attribute("axis", 1L), first);
        long along = Facts.positive(facts.node().attribute("axis", 1L), first);
        long[] like = facts.shape(0).orElseThrow();
        for (int i = 1; i < facts.node().inputs().size(); i++) {
            facts.requireRank(i, first);
            long[] shape = facts.shape(i).orElse(like);
            for (int axis = 0; axis < first; axis++) {
                if (axis != along) {
                    facts.requireSame(shape[axis], like[axis], "the sizes of all axes but the one that is joined");
                }
            }
        }
    }

    private static void split(Facts facts) {
        anyAxis(facts, 0);
        facts.requireAtLeast("num_outputs", 1, MOST);
        facts.listed("split", 1).ifPresent(parts -> {
            int outputs = facts.node().outputs().size();
            facts.require(
                    parts.length == outputs, "split names " + parts.length + " parts for " + outputs + " outputs");
            facts.require(Arrays.stream(parts).allMatch(part -> part >= 0), "a part may not have a negative size");
            facts.shape(0).ifPresent(shape -> {
                if (shape.length > 0) {
                    long size = shape[(int) Facts.positive(facts.node().attribute("axis", 0L), shape.length)];
                    facts.requireSame(
                            size, Arrays.stream(parts).sum(), "the size of the axis and the sum of its parts");
                }
            });
        });
    }

    private static void reshape(Facts facts) {
        facts.listed("shape", 1).ifPresent(wanted -> {
            facts.require(
                    Arrays.stream(wanted).allMatch(size -> size >= -1 && size <= MOST),
                    "sizes must be at least -1 and small enough for a machine; they are " + Arrays.toString(wanted));
            facts.require(Arrays.stream(wanted).filter(size -> size == -1).count() <= 1, "only one size may be -1");
            boolean zeroMeansInput = facts.node().attribute("allowzero", 0L) == 0;
            for (int i = 0; zeroMeansInput && i < wanted.length; i++) {
                facts.require(
                        wanted[i] != 0 || facts.rank(0) < 0 || i < facts.rank(0),
                        "size " + i + " is to be taken from an axis that its input does not have");
            }
            facts.shape(0).ifPresent(shape -> sameElements(facts, shape, wanted));
        });
    }

    private static void sameElements(Facts facts, long[] shape, long[] wanted) {
        boolean known = Arrays.stream(shape).allMatch(size -> size > 0)
                && Arrays.stream(wanted).allMatch(size -> size > 0);
        facts.require(
                !known || Known.elements(shape) == Known.elements(wanted),
                Arrays.toString(shape) + " does not hold as many elements as " + Arrays.toString(wanted));
    }

    private static void transpose(Facts facts) {
        if (!facts.node().has("perm")) {
            return;
        }
        long[] perm = facts.node().attribute("perm", new long[0]);
        long[] sorted = perm.clone();
        Arrays.sort(sorted);
        for (int i = 0; i < sorted.length; i++) {
            facts.require(sorted[i] == i, "perm must be an order of all axes, and is " + Arrays.toString(perm));
        }
        facts.require(facts.rank(0) < 0 || facts.rank(0) == perm.length, "perm must name every axis of its input");
    }

    private static void gather(Facts facts) {
        if (facts.rank(0) >= 0) {
            facts.require(facts.rank(0) > 0, "its input may not be a single number");
            facts.requireAxis(facts.node().attribute("axis", 0L), facts.rank(0));
        }
        if (!facts.node().opType().startsWith("Gather")) {
            return;
        }
        facts.shape(0).ifPresent(shape -> facts.numbers(1).ifPresent(indices -> {
            long size = shape[(int) Facts.positive(facts.node().attribute("axis", 0L), shape.length)];
            for (long index : indices) {
                facts.require(
                        size < 0 || index >= -size && index < size,
                        "index " + index + " lies outside an axis of size " + size);
            }
        }));
    }

    private static void slice(Facts facts) {
        facts.numbers(4)
                .ifPresent(steps ->
                        facts.require(Arrays.stream(steps).allMatch(step -> step != 0), "a step of 0 never arrives"));
        axes(facts, facts.rank(0), 3);
        facts.listed("starts", 1).ifPresent(starts -> facts.listed("ends", 2)
                .ifPresent(
                        ends -> facts.require(starts.length == ends.length, "starts and ends must be equally many")));
    }

    private static void pad(Facts facts) {
        facts.listed(facts.node().has("paddings") ? "paddings" : "pads", 1).ifPresent(pads -> {
            facts.require(pads.length % 2 == 0, "pads must hold two numbers for each axis");
            facts.require(
                    facts.rank(0) < 0 || facts.has(3) || pads.length == 2 * facts.rank(0),
                    "pads must hold two numbers for each axis of its input");
            facts.require(
                    Arrays.stream(pads).allMatch(pad -> Math.abs(pad) <= MOST && pad != Long.MIN_VALUE),
                    "pads are beyond anything that can be computed");
        });
    }

    private static void blocks(Facts facts) {
        facts.require(facts.node().has("blocksize"), "blocksize is required");
        facts.requireAtLeast("blocksize", 1, 1 << 20);
        facts.requireRank(0, 4);
    }

    private static void resize(Facts facts) {
        for (float scale : facts.node().attribute("scales", new float[0])) {
            facts.require(scale > 0 && Float.isFinite(scale), "scales must be above 0, and one is " + scale);
        }
        filled(facts, 3, 0);
    }
}
