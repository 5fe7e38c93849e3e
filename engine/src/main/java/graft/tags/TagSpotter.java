package graft.tags;

import graft.data.Examples;
import graft.data.Span;
import graft.judge.Spotter;
import graft.onnx.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Entities in sentences of which nobody knows them; the probability of one is the mean of those of its words' tags. */
public final class TagSpotter implements Spotter {
    private final TagTargets targets;
    private final String[][] said;
    private final double[][] sure;
    private final boolean[] failed;

    /** @param examples windows of sentences */
    public TagSpotter(Examples examples) {
        this.targets = TagTargets.of(examples);
        this.said = targets.sentences().stream()
                .map(each -> {
                    String[] outside = new String[each.words()];
                    Arrays.fill(outside, Chunk.OUTSIDE);
                    return outside;
                })
                .toArray(String[][]::new);
        this.sure = Arrays.stream(said).map(words -> new double[words.length]).toArray(double[][]::new);
        this.failed = new boolean[said.length];
    }

    @Override
    public void add(Map<String, Values> answers, int[] examples, int real) {
        TokenScores scores = TokenScores.of(answers, targets.tags().size());
        float[] row = new float[scores.width()];
        for (int i = 0; i < real; i++) {
            Windows.Window window = targets.windows().get(examples[i]);
            int sentence = targets.sentence()[examples[i]];
            for (int w = 0; w < window.places().length; w++) {
                scores.read(i, window.places()[w], row);
                int best = TokenScores.largest(row);
                said[sentence][window.words()[w]] = targets.tags().get(best);
                sure[sentence][window.words()[w]] = TokenScores.probability(row, best);
                failed[sentence] |= !Double.isFinite(sure[sentence][window.words()[w]]);
            }
        }
    }

    @Override
    public List<Spotted> done() {
        return IntStream.range(0, said.length).mapToObj(this::spotted).toList();
    }

    private static List<Word> words(Sentence sentence) {
        return IntStream.range(0, sentence.words())
                .mapToObj(i -> new Word(
                        sentence.from()[i],
                        sentence.to()[i],
                        sentence.tags().isEmpty() ? "" : sentence.tags().get(i)))
                .toList();
    }

    private Spotted spotted(int sentence) {
        if (failed[sentence]) {
            return new Spotted(
                    List.of(), List.of(), Optional.of("the network answers it with what is no finite number"));
        }
        List<Span> spans = new ArrayList<>();
        List<Float> probabilities = new ArrayList<>();
        for (Chunk chunk : Chunk.of(List.of(said[sentence]))) {
            spans.add(targets.sentences().get(sentence).span(chunk));
            probabilities.add((float) Arrays.stream(sure[sentence], chunk.first(), chunk.last() + 1)
                    .average()
                    .orElse(0));
        }
        return new Spotted(
                spans,
                probabilities,
                Optional.empty(),
                words(targets.sentences().get(sentence)));
    }
}
