package graft.app.task;

import graft.options.Settings;
import graft.task.Listing;
import java.nio.file.Path;

/** Reads texts with places in them to be shown. */
final class MarkedSets implements TaskView.Opening {
    @Override
    public ExampleSet open(TaskView view, Path source, Settings how) {
        Listing listing = view.task().reading().listed(source, how);
        return ExampleSet.ofPlaces(view, how, ListedSets.counts(listing), listing);
    }
}
