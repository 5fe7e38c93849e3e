package graft.answers;

import graft.data.Examples;
import graft.objective.SpanCrossEntropy;
import graft.onnx.ElementType;
import graft.onnx.Values;
import graft.text.Tokens;
import graft.text.WindowTargets;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Where the answer begins and ends in each window, as {@link SpanCrossEntropy} takes it: half a share each, so that the loss is the
 * mean of both. A window without the answer points to its first token.
 *
 * @param questions that the windows are of
 * @param windows of the questions
 * @param question by window, which one it is of
 * @param places by window, the token that the answer begins with and the one it ends with
 * @param longest tokens of an answer that is given
 * @param threshold when a question is left without an answer
 * @param length of all windows, where the network's file fixes it
 */
public record AnswerTargets(
        List<Question> questions,
        List<PassageWindow> windows,
        int[] question,
        int[][] places,
        int longest,
        Threshold threshold,
        OptionalInt length)
        implements WindowTargets {

    /** The targets of examples whose answers are stretches of passages. */
    public static AnswerTargets of(Examples examples) {
        return examples.targets(AnswerTargets.class);
    }

    @Override
    public AnswerTargets ofLength(OptionalInt fixed) {
        return new AnswerTargets(questions, windows, question, places, longest, threshold, fixed);
    }

    AnswerTargets with(Threshold other) {
        return new AnswerTargets(questions, windows, question, places, longest, other, length);
    }

    @Override
    public Tokens tokens(int window) {
        return windows.get(window).tokens();
    }

    @Override
    public int owner(int window) {
        return question[window];
    }

    @Override
    public Map<String, Values> of(int[] examples, int real) {
        int longestOf = longest(examples);
        ByteBuffer shares = ByteBuffer.allocate(Math.multiplyExact(examples.length * longestOf, 2 * Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer padding = ByteBuffer.allocate(Math.multiplyExact(examples.length * longestOf, Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < examples.length; i++) {
            for (int side = 0; i < real && side < 2; side++) {
                int row = i * longestOf + places[examples[i]][side];
                shares.putFloat((2 * row + side) * Float.BYTES, 0.5f);
            }
            for (int token = tokens(examples[i]).length(); token < longestOf; token++) {
                padding.putFloat((i * longestOf + token) * Float.BYTES, SpanCrossEntropy.OUT);
            }
        }
        return Map.of(
                SpanCrossEntropy.TARGET,
                new Values(ElementType.FLOAT, new long[] {examples.length, longestOf, 2}, shares),
                SpanCrossEntropy.PADDING,
                new Values(ElementType.FLOAT, new long[] {examples.length, longestOf, 1}, padding));
    }

    @Override
    public double weight(int[] examples) {
        return examples.length;
    }
}
