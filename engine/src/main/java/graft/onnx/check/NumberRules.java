package graft.onnx.check;

import graft.onnx.ElementType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Operators that compute numbers: products, normalisation, recurrence, division of whole numbers. */
final class NumberRules {
    private static final long MOST = 1L << 24;

    private NumberRules() {}

    static void addTo(Map<String, Rule> rules) {
        rules.put("Gemm", NumberRules::gemm);
        rules.put("MatMul", NumberRules::matMul);
        rules.put("BatchNormalization", NumberRules::batchNorm);
        rules.put("InstanceNormalization", facts -> {
            facts.requireRankAtLeast(0, 3);
            facts.requireRank(1, 1);
            facts.requireRank(2, 1);
        });
        rules.put("LayerNormalization", facts -> {
            if (facts.rank(0) >= 0) {
                facts.requireAxis(facts.node().attribute("axis", -1L), facts.rank(0));
            }
        });
        rules.put("GroupNormalization", facts -> {
            facts.require(facts.node().has("num_groups"), "num_groups is required");
            facts.requireAtLeast("num_groups", 1, MOST);
            facts.shape(0).ifPresent(x -> {
                facts.require(x.length >= 2, "its input must have at least 2 axes");
                facts.require(
                        x[1] < 0 || x[1] % facts.node().attribute("num_groups", 1L) == 0,
                        "its channels do not divide into num_groups");
            });
        });
        for (String op : List.of("LSTM", "GRU", "RNN")) {
            rules.put(op, NumberRules::recurrent);
        }
        rules.put("Div", NumberRules::division);
        rules.put("Mod", NumberRules::division);
        rules.put("Cast", facts -> {
            facts.require(facts.node().has("to"), "to is required");
            ElementType.of((int) facts.node().attribute("to", 1L));
        });
        for (String op : List.of("QuantizeLinear", "DequantizeLinear")) {
            rules.put(op, facts -> facts.requireAtLeast("block_size", 0, MOST));
        }
        rules.put("Einsum", facts -> facts.require(facts.node().has("equation"), "equation is required"));
    }

    private static void gemm(Facts facts) {
        facts.requireRank(0, 2);
        facts.requireRank(1, 2);
        facts.requireFilled(1);
        facts.shape(0).ifPresent(a -> facts.shape(1)
                .ifPresent(b -> facts.requireSame(
                        facts.node().attribute("transA", 0L) == 0 ? a[1] : a[0],
                        facts.node().attribute("transB", 0L) == 0 ? b[0] : b[1],
                        "the inner sizes of the two factors")));
    }

    private static void matMul(Facts facts) {
        facts.requireRankAtLeast(0, 1);
        facts.requireRankAtLeast(1, 1);
        facts.shape(0).ifPresent(a -> facts.shape(1)
                .ifPresent(b -> facts.requireSame(
                        a[a.length - 1],
                        b.length == 1 ? b[0] : b[b.length - 2],
                        "the inner sizes of the two factors")));
    }

    private static void batchNorm(Facts facts) {
        for (int input = 1; input < 5; input++) {
            facts.requireRank(input, 1);
            long[] size = facts.shape(input).orElse(new long[] {-1});
            facts.shape(0)
                    .ifPresent(x -> facts.requireSame(
                            x.length < 2 ? -1 : x[1],
                            size[0],
                            "the channels of the input and the sizes of its parameters"));
        }
    }

    private static void recurrent(Facts facts) {
        facts.requireAtLeast("hidden_size", 1, MOST);
        facts.requireRank(0, 3);
        facts.requireRank(1, 3);
        facts.requireRank(2, 3);
        facts.requireFilled(1);
        facts.requireFilled(2);
        long gates = Map.of("LSTM", 4L, "GRU", 3L, "RNN", 1L).get(facts.node().opType());
        long directions = facts.node().attribute("direction", "forward").equals("bidirectional") ? 2 : 1;
        facts.shape(2).ifPresent(r -> {
            facts.requireSame(r[0], directions, "the directions and the first axis of its weights");
            facts.requireSame(r[1], r[2] < 0 ? -1 : gates * r[2], "the gates times hidden_size and its weights");
            facts.requireSame(facts.node().attribute("hidden_size", r[2]), r[2], "hidden_size and the last axis of R");
            facts.shape(1).ifPresent(w -> {
                facts.requireSame(w[0], r[0], "the first axes of W and R");
                facts.requireSame(w[1], r[1], "the second axes of W and R");
                facts.shape(0).ifPresent(x -> facts.requireSame(x[2], w[2], "the last axes of X and W"));
            });
        });
        if (facts.has(3)) {
            facts.requireRank(3, 2);
        }
    }

    /** Processors answer a division of whole numbers by 0, and of the smallest one by -1, with a signal. */
    private static void division(Facts facts) {
        facts.numbers(1).ifPresent(divisors -> {
            facts.require(Arrays.stream(divisors).noneMatch(d -> d == 0), "whole numbers cannot be divided by 0");
            boolean smallest = facts.numbers(0)
                    .map(values -> Arrays.stream(values).anyMatch(v -> v == Long.MIN_VALUE || v == Integer.MIN_VALUE))
                    .orElse(false);
            facts.require(
                    !smallest || Arrays.stream(divisors).noneMatch(d -> d == -1),
                    "the smallest whole number cannot be divided by -1");
        });
    }
}
