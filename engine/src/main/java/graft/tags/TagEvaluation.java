package graft.tags;

import com.fasterxml.jackson.annotation.JsonIgnore;
import graft.data.Span;
import graft.judge.Evaluation;
import graft.judge.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Entities that were found, held against those that are there: right is what has the type and both borders right.
 *
 * @param all types together (micro average): what networks are chosen by
 * @param interval [low, high], in which the F1 of as many other sentences lies with 95 %, by drawing sentences anew
 * @param tokenAccuracy share of words with the right tag, what is no entity included
 * @param perType in the order of text
 * @param confusions what was said instead of what is there, the most frequent first
 * @param worst the sentences with the most mistakes first, few of them
 * @param marked all sentences, as they came
 * @param sentences number of them
 * @param loss mean cross-entropy over words with a tag
 * @param notFinite the first example with an answer that is no number; −1 where there is none
 */
public record TagEvaluation(
        TypeScore all,
        double[] interval,
        double tokenAccuracy,
        List<TypeScore> perType,
        List<Confusion> confusions,
        List<Marked> worst,
        @JsonIgnore List<Marked> marked,
        int sentences,
        double loss,
        @JsonIgnore int notFinite)
        implements Evaluation {
    private static final int LISTED = 10;

    /**
     * A kind of mistake.
     *
     * @param gold the type that is there; "" where none is
     * @param said the type that was said; "" where none was
     * @param border whether it begins or ends elsewhere than was said
     */
    public record Confusion(String gold, String said, boolean border, int count) {
        String words() {
            if (said.isEmpty()) {
                return gold + " missed";
            }
            if (gold.isEmpty()) {
                return said + " said where nothing is";
            }
            return (gold.equals(said) ? gold : gold + " said to be " + said) + (border ? ", with other borders" : "");
        }
    }

    /** A sentence with what is there and what was said. */
    public record Marked(String name, String text, List<Span> gold, List<Span> said, int mistakes) {}

    @Override
    public Score primary() {
        return Score.share("f1", all.f1(), interval);
    }

    @Override
    public List<Score> scores() {
        return List.of(
                primary(),
                Score.share("precision", all.precision(), null),
                Score.share("recall", all.recall(), null),
                Score.share("token_accuracy", tokenAccuracy, null));
    }

    @Override
    public int n() {
        return sentences;
    }

    @Override
    public int firstNotFinite() {
        return notFinite;
    }

    @Override
    public List<String> lines() {
        List<String> out = new ArrayList<>();
        int width =
                perType.stream().mapToInt(each -> each.type().length()).max().orElse(1);
        out.add(String.format("%-" + width + "s  precision  recall  f1     entities  found", ""));
        for (TypeScore each : perType) {
            out.add(String.format(
                    Locale.ROOT,
                    "%-" + width + "s  %.3f      %.3f   %.3f  %8d  %5d",
                    each.type(),
                    each.precision(),
                    each.recall(),
                    each.f1(),
                    each.support(),
                    each.said()));
        }
        if (!confusions.isEmpty()) {
            out.add("Most frequent mistakes:");
            confusions.stream()
                    .limit(LISTED)
                    .forEach(each -> out.add(String.format("%6d  %s", each.count(), each.words())));
        }
        if (!worst.isEmpty()) {
            out.add("Sentences with the most mistakes ([there], {said}):");
            worst.stream().limit(LISTED).forEach(each -> out.add("  " + each.name() + "  " + MarkedText.of(each)));
        }
        return out;
    }
}
