package graft.tags;

import graft.judge.Evaluation;
import graft.judge.Judge;
import graft.onnx.Values;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Holds a tag for each word, the largest score's, against the tag that is true, entity by entity. */
public final class TagJudge implements Judge {
    /** Of a word that no token stands for. */
    private static final int UNSAID = -1;

    private final TagTargets targets;
    /** By sentence and word. */
    private final int[][] said;

    private final boolean[] asked;
    /** By window, so that the sum does not depend on the order in which they come. */
    private final double[] losses;

    private long words;
    private int firstNotFinite = Integer.MAX_VALUE;

    public TagJudge(TagTargets targets) {
        this.targets = targets;
        this.said = Arrays.stream(targets.gold())
                .map(words -> {
                    int[] unsaid = new int[words.length];
                    Arrays.fill(unsaid, UNSAID);
                    return unsaid;
                })
                .toArray(int[][]::new);
        this.asked = new boolean[said.length];
        this.losses = new double[targets.windows().size()];
    }

    @Override
    public double add(Map<String, Values> answers, int[] examples, int real) {
        TokenScores scores = TokenScores.of(answers, targets.tags().size());
        float[] row = new float[scores.width()];
        for (int i = 0; i < real; i++) {
            int window = examples[i];
            Windows.Window read = targets.windows().get(window);
            int sentence = targets.sentence()[window];
            asked[sentence] = true;
            double loss = 0;
            for (int w = 0; w < read.places().length; w++) {
                scores.read(i, read.places()[w], row);
                int best = TokenScores.largest(row);
                said[sentence][read.words()[w]] = best;
                int label = targets.label(window, w);
                loss += label < 0 ? 0 : TokenScores.crossEntropy(row, label);
                words += label < 0 ? 0 : 1;
                if (!Double.isFinite(loss)) {
                    firstNotFinite = Math.min(firstNotFinite, window);
                }
            }
            losses[window] = loss;
        }
        return Double.NaN; // an F1 is no mean of sentences
    }

    @Override
    public Judge merge(Judge other) {
        if (!(other instanceof TagJudge more) || more.losses.length != losses.length) {
            throw new IllegalArgumentException("two judges of different targets");
        }
        for (int i = 0; i < losses.length; i++) {
            losses[i] += more.losses[i]; // each window was judged once, and is 0 where it was not
        }
        for (int s = 0; s < said.length; s++) {
            asked[s] |= more.asked[s];
            for (int w = 0; w < said[s].length; w++) {
                said[s][w] = Math.max(said[s][w], more.said[s][w]);
            }
        }
        words += more.words;
        firstNotFinite = Math.min(firstNotFinite, more.firstNotFinite);
        return this;
    }

    @Override
    public Evaluation done() {
        TagCounts counts = new TagCounts();
        List<String> tags = targets.tags();
        for (int s = 0; s < said.length; s++) {
            if (asked[s]) {
                counts.add(
                        targets.sentences().get(s),
                        IntStream.of(said[s])
                                .mapToObj(tag -> tag == UNSAID ? Chunk.OUTSIDE : tags.get(tag))
                                .toList());
            }
        }
        double loss = Arrays.stream(losses).sum() / Math.max(1, words);
        return counts.done(loss, firstNotFinite == Integer.MAX_VALUE ? -1 : firstNotFinite);
    }
}
