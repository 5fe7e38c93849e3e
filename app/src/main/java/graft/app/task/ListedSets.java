package graft.app.task;

import graft.app.task.ExampleSet.ClassCount;
import graft.options.Settings;
import graft.task.Listing;
import java.nio.file.Path;
import java.util.List;

/** Counts examples that there is nothing to see of: what a task itself tells of its data. */
final class ListedSets {
    private ListedSets() {}

    static ExampleSet open(TaskView view, Path source, Settings how) {
        Listing listing = view.task().reading().listed(source, how);
        List<ClassCount> classes = counts(listing);
        return ExampleSet.counted(
                view, source, how, classes, listing.skipped(), listing.remarks(), listing.corrections());
    }

    /** Of each class, examples to learn from and to judge by. */
    static List<ClassCount> counts(Listing listing) {
        return listing.classes().stream()
                .map(name -> new ClassCount(name, count(listing, name, "train"), count(listing, name, "val")))
                .toList();
    }

    private static int count(Listing listing, String className, String part) {
        return (int) listing.examples().stream()
                .filter(each -> each.part().equals(part))
                .flatMap(each -> each.counted().stream())
                .filter(className::equals)
                .count();
    }
}
