package graft.language;

import graft.data.Examples;
import graft.data.Targets;
import graft.objective.CrossEntropy;
import graft.onnx.ElementType;
import graft.onnx.Values;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntFunction;

/**
 * The token that is to be said at each place of a block, where one is; all other places count nothing.
 *
 * @param output the network's output with a score for each token of the vocabulary
 * @param vocabulary how many tokens are scored
 * @param size number of the blocks
 * @param wanted by block and place, the number of the token; {@link #NONE} where nothing is to be said
 * @param versions of each block, one after the other, of which one is learnt from in an epoch
 */
public record TokenTargets(String output, int vocabulary, int size, IntFunction<int[]> wanted, int versions)
        implements Targets {
    static final int NONE = -1;

    /** Of examples of this kind. */
    public static TokenTargets of(Examples examples) {
        return (TokenTargets) examples.targets();
    }

    @Override
    public Map<String, Values> of(int[] examples, int real) {
        int[][] tokens = Arrays.stream(examples).mapToObj(wanted).toArray(int[][]::new);
        int longest =
                Arrays.stream(tokens).mapToInt(block -> block.length).max().orElse(0);
        long[] shape = {examples.length, longest};
        ByteBuffer numbers = ByteBuffer.allocateDirect(examples.length * longest * Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer counted = ByteBuffer.allocateDirect(examples.length * longest * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < examples.length; i++) {
            for (int t = 0; t < longest; t++) {
                int token = t < tokens[i].length ? tokens[i][t] : NONE;
                numbers.putLong(Math.max(0, token));
                counted.putFloat(i < real && token != NONE ? 1 : 0);
            }
        }
        return Map.of(
                CrossEntropy.TOKEN,
                new Values(ElementType.INT64, shape, numbers.flip()),
                CrossEntropy.COUNTED,
                new Values(ElementType.FLOAT, shape, counted.flip()));
    }

    /** Tokens that are to be said. */
    @Override
    public double weight(int[] examples) {
        long sum = 0;
        for (int example : examples) {
            sum += Arrays.stream(wanted.apply(example))
                    .filter(token -> token != NONE)
                    .count();
        }
        return Math.max(1, sum);
    }

    @Override
    public OptionalInt rows(int example) {
        return OptionalInt.of(wanted.apply(example).length);
    }
}
