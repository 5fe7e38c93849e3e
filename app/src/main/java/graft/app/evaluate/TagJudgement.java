package graft.app.evaluate;

import graft.app.controls.Counts;
import graft.app.evaluate.Figures.Headline;
import graft.app.task.Edition;
import graft.app.task.TaskView;
import graft.data.Span;
import graft.judge.Score;
import graft.tags.TagEvaluation.Confusion;
import graft.tags.TagEvaluation.Marked;
import graft.worker.JudgingTags;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a network's file found in the sentences of a data set, and what is there. */
record TagJudgement(Path network, Path data, Edition edition, TaskView view, JudgingTags.Judged found)
        implements Judged {
    @Override
    public String headline() {
        return Figures.text("tags.headline", 100 * f1().value(), 100 * f1().interval()[0], 100 * f1().interval()[1]);
    }

    @Override
    public String summary(String called) {
        return Figures.text(
                "tags.summary",
                100 * f1().value(),
                100 * f1().interval()[0],
                100 * f1().interval()[1],
                Counts.exact(found.entities()),
                Counts.exact(found.n()),
                called);
    }

    @Override
    public List<Headline> headlines() {
        return List.of(
                new Headline(
                        Figures.text("figure", 100 * f1().value()),
                        Figures.text(
                                "tags.figure.f1",
                                100 * f1().interval()[0],
                                100 * f1().interval()[1],
                                Counts.exact(found.entities()),
                                Counts.exact(found.n()))),
                headline("precision"),
                headline("recall"));
    }

    private Headline headline(String score) {
        return new Headline(Figures.text("figure", 100 * score(score).value()), Figures.text("tags.figure." + score));
    }

    @Override
    public List<String> remarks() {
        return List.of();
    }

    private Score f1() {
        return found.scores().get(0);
    }

    private Score score(String name) {
        return found.scores().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Sentences with a mistake, those with the most first. */
    List<Marked> wrong() {
        return sentences(each -> each.mistakes() > 0);
    }

    /** Sentences in which an entity of a type is, or was said to be, that was not found as it is. */
    List<Marked> wrong(String type) {
        return sentences(each -> mistaken(each).anyMatch(span -> span.type().equals(type)));
    }

    /** Sentences with a mistake of a kind. */
    List<Marked> confused(Confusion kind) {
        return sentences(each -> has(each, kind));
    }

    private List<Marked> sentences(Predicate<Marked> which) {
        return found.sentences().stream().filter(which).toList();
    }

    private static Stream<Span> mistaken(Marked sentence) {
        return Stream.concat(missed(sentence), invented(sentence));
    }

    /** There, and not said. */
    static Stream<Span> missed(Marked sentence) {
        Set<Span> said = new HashSet<>(sentence.said());
        return sentence.gold().stream().filter(span -> !said.contains(span));
    }

    /** Said, and not there. */
    static Stream<Span> invented(Marked sentence) {
        Set<Span> gold = new HashSet<>(sentence.gold());
        return sentence.said().stream().filter(span -> !gold.contains(span));
    }

    private static boolean has(Marked sentence, Confusion kind) {
        if (kind.gold().isEmpty()) {
            return invented(sentence)
                    .anyMatch(span -> span.type().equals(kind.said())
                            && sentence.gold().stream().noneMatch(other -> overlap(span, other)));
        }
        return missed(sentence)
                .filter(span -> span.type().equals(kind.gold()))
                .anyMatch(span -> kind.said().isEmpty()
                        ? sentence.said().stream().noneMatch(other -> overlap(span, other))
                        : invented(sentence)
                                .anyMatch(other -> other.type().equals(kind.said())
                                        && overlap(span, other)
                                        && kind.border()
                                                == (span.start() != other.start() || span.end() != other.end())));
    }

    private static boolean overlap(Span one, Span other) {
        return one.start() < other.end() && other.start() < one.end();
    }
}
