package graft.app.task;

import graft.data.Span;
import graft.options.Settings;
import graft.task.Listing;
import java.nio.file.Path;
import java.util.List;

/** Reads questions about passages to be shown: the question first, then its passage with the answer marked. */
final class QuestionSets implements TaskView.Opening {
    private static final String BREAK = "\n";

    @Override
    public ExampleSet open(TaskView view, Path source, Settings how) {
        Listing listing = view.task().reading().listed(source, how);
        List<Listing.Listed> told = listing.examples().stream()
                .map(each -> together(each, view.text("answer")))
                .toList();
        Listing shown = new Listing(
                listing.source(),
                listing.task(),
                listing.classes(),
                told,
                listing.skipped(),
                listing.remarks(),
                listing.corrections());
        return ExampleSet.ofPlaces(view, how, ListedSets.counts(listing), shown);
    }

    private static Listing.Listed together(Listing.Listed each, String answer) {
        int before = each.question().length() + BREAK.length();
        return new Listing.Listed(
                each.name(),
                each.className(),
                each.part(),
                each.file(),
                each.fingerprint(),
                each.question() + BREAK + each.text(),
                each.spans().stream()
                        .map(span -> new Span(span.start() + before, span.end() + before, answer))
                        .toList(),
                each.question());
    }
}
