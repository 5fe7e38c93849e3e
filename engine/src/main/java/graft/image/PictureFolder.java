package graft.image;

import graft.Refusal;
import graft.data.DataOptions;
import graft.data.DataSet;
import graft.data.Fingerprint;
import graft.data.Remark;
import graft.data.Skipped;
import graft.data.Split;
import graft.files.Several;
import graft.image.PictureExamples.Entry;
import graft.image.PictureFiles.Found;
import graft.image.ReadingRemarks.Seen;
import graft.progress.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A folder of pictures, one sub-folder per class, with or without {@code train} and {@code val} above them. */
final class PictureFolder {
    private static final int NAMED_IN_MESSAGES = 5;

    private final Path source;
    private final PictureFiles files;
    private final List<Found> found;
    private final List<Skipped> skipped;

    private PictureFolder(PictureFiles files) {
        this.source = files.source();
        this.files = files;
        this.found = files.files();
        this.skipped = new ArrayList<>(files.skipped());
    }

    static DataSet open(
            Path source, Preprocessing how, DataOptions options, Augmentation augmentation, Progress progress) {
        PictureFolder folder = new PictureFolder(PictureFiles.scan(source));
        PictureStore store =
                new PictureStore(folder.found.stream().map(Found::file).toList(), how);
        List<PictureStore.Outcome> outcomes = store.readAll(progress);
        folder.judgeUnreadable(outcomes, options);
        return folder.dataSet(store, how, outcomes, options, augmentation, progress);
    }

    private void judgeUnreadable(List<PictureStore.Outcome> outcomes, DataOptions options) {
        List<Skipped> unreadable = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            if (!outcomes.get(i).failure().isEmpty()) {
                unreadable.add(new Skipped(found.get(i).file(), outcomes.get(i).failure()));
            }
        }
        if (!unreadable.isEmpty() && !options.skipUnreadable()) {
            String named = unreadable.stream()
                    .limit(NAMED_IN_MESSAGES)
                    .map(bad -> bad.file() + " (" + bad.reason() + ")")
                    .collect(Collectors.joining(", "));
            int more = unreadable.size() - NAMED_IN_MESSAGES;
            throw new Refusal(unreadable.size() + " of " + found.size() + " pictures cannot be read: " + named
                    + (more > 0 ? " and " + more + " more" : "") + ". Remove them or pass --skip-unreadable.");
        }
        skipped.addAll(unreadable);
    }

    private DataSet dataSet(
            PictureStore store,
            Preprocessing how,
            List<PictureStore.Outcome> outcomes,
            DataOptions options,
            Augmentation augmentation,
            Progress progress) {
        List<Integer> readable = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i).failure().isEmpty()) {
                readable.add(i);
            }
        }
        List<String> classes = readable.stream()
                .map(i -> found.get(i).className())
                .distinct()
                .sorted()
                .toList();
        Set<Integer> val = new HashSet<>();
        for (String name : classes) {
            List<Integer> ofClass = readable.stream()
                    .filter(i -> found.get(i).className().equals(name)
                            && found.get(i).part().isEmpty())
                    .toList();
            val.addAll(Split.validation(ofClass, this::name, options.seed(), options.share()));
        }
        readable.stream()
                .filter(i -> found.get(i).part().equals(PictureFiles.VAL))
                .forEach(val::add);
        List<Entry> trainEntries = new ArrayList<>();
        List<Entry> valEntries = new ArrayList<>();
        List<Entry> testEntries = new ArrayList<>();
        List<Seen> seen = new ArrayList<>();
        Fingerprint fingerprint = new Fingerprint();
        fingerprint.add(classes);
        for (int i : readable) {
            PictureStore.Outcome outcome = outcomes.get(i);
            Entry entry = new Entry(i, name(i), classes.indexOf(found.get(i).className()));
            boolean test = found.get(i).part().equals(PictureFiles.TEST);
            String part = test ? PictureFiles.TEST : val.contains(i) ? PictureFiles.VAL : PictureFiles.TRAIN;
            (test ? testEntries : val.contains(i) ? valEntries : trainEntries).add(entry);
            seen.add(
                    new Seen(found.get(i), entry.name(), part, outcome.pixels(), outcome.remarks(), outcome.highest()));
            fingerprint.add(entry.name());
            fingerprint.add(entry.label());
            fingerprint.add(outcome.bytes());
            fingerprint.add(outcome.hash());
        }
        refuseEmptySplit(trainEntries, valEntries, classes);
        List<Remark> remarks = new ArrayList<>(files.remarks());
        remarks.addAll(ReadingRemarks.of(seen));
        report(progress, remarks);
        return new DataSet(
                source,
                classes,
                new PictureExamples(store, how, trainEntries, classes.size()).augmented(augmentation, options.seed()),
                new PictureExamples(store, how, valEntries, classes.size()),
                testEntries.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new PictureExamples(store, how, testEntries, classes.size())),
                new PreparedPictures(how),
                List.copyOf(skipped),
                List.copyOf(remarks),
                fingerprint.hex());
    }

    private String name(int i) {
        return found.get(i).name();
    }

    private void refuseEmptySplit(List<Entry> train, List<Entry> val, List<String> classes) {
        long learned = train.stream().mapToInt(Entry::label).distinct().count();
        if (classes.size() < 2 || train.isEmpty() || val.isEmpty() || learned < classes.size()) {
            throw new Refusal(
                    source + " has too few readable pictures: " + train.size() + " to learn from, " + val.size()
                            + " to judge by, of " + classes.size() + " classes (" + Several.of(classes)
                            + "). At least two classes are needed, each with a picture to learn from, and at least one picture to"
                            + " judge by (a folder without train and val needs a class with two pictures).");
        }
    }

    private void report(Progress progress, List<Remark> remarks) {
        if (!skipped.isEmpty()) {
            String named = skipped.stream()
                    .limit(NAMED_IN_MESSAGES)
                    .map(bad -> bad.file() + " (" + bad.reason() + ")")
                    .collect(Collectors.joining(", "));
            int more = skipped.size() - NAMED_IN_MESSAGES;
            progress.note("Left out: " + named + (more > 0 ? " and " + more + " more" : "") + ".");
        }
        remarks.forEach(remark -> progress.note(remark.text()));
    }
}
