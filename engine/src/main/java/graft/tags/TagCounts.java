package graft.tags;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Adds up, sentence by sentence, what was said and what is there. */
final class TagCounts {
    private static final int RESAMPLES = 1000;
    /** Draws in all, so that very many sentences take no longer. */
    private static final long MOST_DRAWS = 20_000_000;

    private static final int WORST = 50;

    private final Map<String, int[]> byType = new TreeMap<>();
    private final Map<List<Object>, Integer> confusions = new TreeMap<>(Comparator.comparing(Object::toString));
    private final List<int[]> bySentence = new ArrayList<>();
    private final List<TagEvaluation.Marked> marked = new ArrayList<>();
    private final List<TagEvaluation.Marked> wrong = new ArrayList<>();
    private long words;
    private long rightWords;

    /** @param said tags of the sentence's words */
    void add(Sentence sentence, List<String> said) {
        add(sentence, sentence.tags(), said);
    }

    void add(Sentence sentence, List<String> goldTags, List<String> said) {
        List<Chunk> gold = Chunk.of(goldTags);
        List<Chunk> found = Chunk.of(said);
        Set<Chunk> right = new HashSet<>(gold);
        right.retainAll(new HashSet<>(found));
        gold.forEach(each -> of(each.type())[0]++);
        found.forEach(each -> of(each.type())[1]++);
        right.forEach(each -> of(each.type())[2]++);
        bySentence.add(new int[] {gold.size(), found.size(), right.size()});
        for (int i = 0; i < said.size(); i++) {
            words++;
            rightWords += said.get(i).equals(goldTags.get(i)) ? 1 : 0;
        }
        int mistakes = gold.size() + found.size() - 2 * right.size();
        TagEvaluation.Marked both = new TagEvaluation.Marked(
                sentence.name(),
                sentence.text(),
                gold.stream().map(sentence::span).toList(),
                found.stream().map(sentence::span).toList(),
                mistakes);
        marked.add(both);
        if (mistakes > 0) {
            confuse(gold, found, right);
            wrong.add(both);
        }
    }

    private int[] of(String type) {
        return byType.computeIfAbsent(type, each -> new int[3]);
    }

    /** What is there is held against the first thing said over some of its words; what was said and met nothing is invented. */
    private void confuse(List<Chunk> gold, List<Chunk> found, Set<Chunk> right) {
        Set<Chunk> met = new HashSet<>(right);
        int next = 0;
        for (Chunk each : gold) {
            if (right.contains(each)) {
                continue;
            }
            while (next < found.size() && found.get(next).last() < each.first()) {
                next++;
            }
            String said = "";
            boolean border = false;
            if (next < found.size() && found.get(next).overlaps(each)) {
                Chunk other = found.get(next);
                said = other.type();
                border = other.first() != each.first() || other.last() != each.last();
                met.add(other);
            }
            confusions.merge(List.of(each.type(), said, border), 1, Integer::sum);
        }
        found.stream()
                .filter(each -> !met.contains(each) && gold.stream().noneMatch(each::overlaps))
                .forEach(each -> confusions.merge(List.of("", each.type(), false), 1, Integer::sum));
    }

    /**
     * @param loss mean over words
     * @param notFinite the first example whose answer is no number; −1 where there is none
     */
    TagEvaluation done(double loss, int notFinite) {
        int[] sum = new int[3];
        bySentence.forEach(counts -> addTo(sum, counts));
        List<TagEvaluation.Confusion> frequent = new ArrayList<>();
        confusions.forEach((kind, count) -> frequent.add(
                new TagEvaluation.Confusion((String) kind.get(0), (String) kind.get(1), (boolean) kind.get(2), count)));
        frequent.sort(Comparator.comparingInt(TagEvaluation.Confusion::count).reversed());
        wrong.sort(Comparator.comparingInt(TagEvaluation.Marked::mistakes).reversed());
        List<TypeScore> types = new ArrayList<>();
        byType.forEach((type, counts) -> types.add(TypeScore.of(type, counts[0], counts[1], counts[2])));
        return new TagEvaluation(
                TypeScore.of("", sum[0], sum[1], sum[2]),
                interval(),
                words == 0 ? 0 : (double) rightWords / words,
                types,
                frequent,
                List.copyOf(wrong.subList(0, Math.min(WORST, wrong.size()))),
                List.copyOf(marked),
                bySentence.size(),
                loss,
                notFinite);
    }

    private static void addTo(int[] sum, int[] counts) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += counts[i];
        }
    }

    /** Percentiles of the F1 of sentences drawn with replacement (Efron 1979); always the same for the same answers. */
    private double[] interval() {
        int n = bySentence.size();
        if (n == 0) {
            return new double[] {0, 1};
        }
        int resamples = (int) Math.max(100, Math.min(RESAMPLES, MOST_DRAWS / n));
        int[] gold = bySentence.stream().mapToInt(each -> each[0]).toArray();
        int[] said = bySentence.stream().mapToInt(each -> each[1]).toArray();
        int[] right = bySentence.stream().mapToInt(each -> each[2]).toArray();
        SplittableRandom random = new SplittableRandom(1);
        double[] scores = new double[resamples];
        for (int r = 0; r < resamples; r++) {
            int g = 0;
            int s = 0;
            int k = 0;
            for (int i = 0; i < n; i++) {
                int drawn = random.nextInt(n);
                g += gold[drawn];
                s += said[drawn];
                k += right[drawn];
            }
            scores[r] = TypeScore.of("", g, s, k).f1();
        }
        java.util.Arrays.sort(scores);
        return new double[] {scores[(int) (0.025 * resamples)], scores[(int) (0.975 * resamples)]};
    }
}
