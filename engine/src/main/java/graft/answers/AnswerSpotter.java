package graft.answers;

import graft.data.Examples;
import graft.data.Span;
import graft.judge.Spotter;
import graft.onnx.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The likeliest answers to questions of which nobody knows them, the best first. */
public final class AnswerSpotter implements Spotter {
    private final AnswerTargets targets;
    private final BestSpans[] found;

    /**
     * @param examples windows of passages
     */
    public AnswerSpotter(Examples examples) {
        this.targets = AnswerTargets.of(examples);
        this.found = IntStream.range(0, targets.questions().size())
                .mapToObj(q -> new BestSpans())
                .toArray(BestSpans[]::new);
    }

    @Override
    public boolean ranks() {
        return true;
    }

    @Override
    public void add(Map<String, Values> answers, int[] examples, int real) {
        SpanScores scores = SpanScores.of(answers);
        for (int i = 0; i < real; i++) {
            int question = targets.question()[examples[i]];
            found[question].add(
                    targets.questions().get(question).passage().text(),
                    targets.windows().get(examples[i]),
                    scores.of(i, targets.tokens(examples[i]).length()),
                    targets.longest());
        }
    }

    @Override
    public List<Spotted> done() {
        List<Spotted> out = new ArrayList<>();
        for (BestSpans spans : found) {
            out.add(
                    spans.isFinite()
                            ? spotted(spans)
                            : new Spotted(
                                    List.of(),
                                    List.of(),
                                    Optional.of("the network answers it with what is no finite number")));
        }
        return out;
    }

    /** "None" is a place without letters, before or behind the others. */
    private Spotted spotted(BestSpans spans) {
        boolean never = targets.threshold().kind() == Threshold.Kind.NEVER;
        List<Span> places = new ArrayList<>();
        List<Float> sure = new ArrayList<>();
        double[] shares = spans.probabilities(!never);
        for (int i = 0; i < shares.length; i++) {
            places.add(new Span(spans.best().get(i).from(), spans.best().get(i).to(), ""));
            sure.add((float) shares[i]);
        }
        if (!never || places.isEmpty()) {
            boolean none =
                    places.isEmpty() || spans.missing() > targets.threshold().value();
            places.add(none ? 0 : places.size(), new Span(0, 0, ""));
            sure.add(none ? 0 : sure.size(), (float) spans.none());
        }
        return new Spotted(places, sure, Optional.empty());
    }
}
