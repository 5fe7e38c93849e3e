package graft.answers;

import graft.Refusal;
import graft.onnx.Values;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Optional;

/**
 * How likely an answer is to begin at each token, and to end there: {@code [N, tokens, 2]}, or twice {@code [N, tokens]}.
 *
 * @param begins by window and token
 * @param ends the same
 * @param step from one token to the next
 * @param width of a window
 */
record SpanScores(FloatBuffer begins, FloatBuffer ends, int step, int width) {
    /** Finds them among a network's outputs. */
    static SpanScores of(Map<String, Values> answers) {
        Optional<Values> both =
                answers.values().stream().filter(SpanScores::isPair).findFirst();
        if (both.isPresent()) {
            FloatBuffer numbers = both.get().floats().slice();
            int width = Math.toIntExact(both.get().shape()[1]);
            return new SpanScores(numbers, numbers.duplicate().position(1).slice(), 2, width);
        }
        Values start = side(answers, "start");
        Values end = side(answers, "end");
        return new SpanScores(start.floats().slice(), end.floats().slice(), 1, Math.toIntExact(start.shape()[1]));
    }

    private static Values side(Map<String, Values> answers, String side) {
        return answers.entrySet().stream()
                .filter(each -> AnswerOutputs.isSide(each.getKey(), side)
                        && each.getValue().shape().length == 2)
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new Refusal("The network answers with " + answers.keySet()
                        + ", and none of these says where an answer begins and where it ends: [N, tokens, 2] is expected, or"
                        + " start_logits and end_logits. Take the file as `graft train` wrote it."));
    }

    private static boolean isPair(Values values) {
        return values.shape().length == 3 && values.shape()[2] == 2;
    }

    /** Of beginnings and of ends. */
    float[][] of(int window, int tokens) {
        float[][] out = new float[2][tokens];
        for (int i = 0; i < tokens; i++) {
            out[0][i] = begins.get((window * width + i) * step);
            out[1][i] = ends.get((window * width + i) * step);
        }
        return out;
    }
}
