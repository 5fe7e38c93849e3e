package graft.data;

import graft.Refusal;
import graft.data.PictureExamples.Entry;
import graft.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A folder of pictures, one sub-folder per class, with or without {@code train} and {@code val} above them. */
final class PictureFolder {
    private static final String TRAIN = "train";
    private static final String VAL = "val";
    private static final int NAMED_IN_MESSAGES = 5;

    /** A picture file as found. {@code part}: train, val, or "" where the folder is still to be split. */
    private record Found(Path file, String part, String className) {}

    private final Path source;
    private final List<Found> found = new ArrayList<>();
    private final List<Skipped> skipped = new ArrayList<>();

    private PictureFolder(Path source) {
        this.source = source;
    }

    static DataSet open(Path source, Preprocessing how, DataOptions options, Progress progress) {
        PictureFolder folder = new PictureFolder(source);
        folder.scan();
        folder.checkClasses();
        PictureStore store =
                new PictureStore(folder.found.stream().map(Found::file).toList(), how);
        List<PictureStore.Outcome> outcomes = store.readAll(progress);
        folder.judgeUnreadable(outcomes, options);
        return folder.dataSet(store, how, outcomes, options, progress);
    }

    private void scan() {
        boolean train = Files.isDirectory(source.resolve(TRAIN));
        boolean val = Files.isDirectory(source.resolve(VAL));
        if (train && val) {
            scanClasses(source.resolve(TRAIN), TRAIN);
            scanClasses(source.resolve(VAL), VAL);
        } else if ((train || val) && holdsFolders(source.resolve(train ? TRAIN : VAL))) {
            throw new Refusal(source + " has a folder " + (train ? TRAIN : VAL) + " but none called "
                    + (train ? VAL : TRAIN) + ". Add it with one sub-folder per class, or give "
                    + source.resolve(train ? TRAIN : VAL) + " itself to have it split.");
        } else {
            scanClasses(source, "");
        }
        if (found.isEmpty()) {
            throw new Refusal(source + " holds no pictures in class folders. Put the pictures ("
                    + String.join(", ", PictureReader.ENDINGS) + ") into one sub-folder per class, for example "
                    + source.resolve("cat") + " and " + source.resolve("dog") + "."
                    + (skipped.isEmpty()
                            ? ""
                            : " " + skipped.size() + " files were left out, such as "
                                    + skipped.get(0).file() + ": "
                                    + skipped.get(0).reason() + "."));
        }
    }

    private boolean holdsFolders(Path folder) {
        return list(folder).stream().anyMatch(Files::isDirectory);
    }

    private void scanClasses(Path folder, String part) {
        for (Path entry : list(folder)) {
            String name = entry.getFileName().toString();
            if (isHidden(name)) {
                continue;
            }
            if (Files.isDirectory(entry)) {
                scanClass(entry, part, name);
            } else if (!part.isEmpty() || PictureReader.ENDINGS.contains(PictureReader.ending(name))) {
                skipped.add(new Skipped(entry, "it lies in no class folder"));
            }
        }
    }

    private void scanClass(Path folder, String part, String className) {
        int before = found.size();
        for (Path file : list(folder)) {
            String name = file.getFileName().toString();
            if (Files.isDirectory(file)) {
                skipped.add(new Skipped(file, "folders inside class folders are not read"));
            } else if (isHidden(name)) {
                skipped.add(new Skipped(file, "it is a hidden file"));
            } else if (!PictureReader.ENDINGS.contains(PictureReader.ending(name))) {
                skipped.add(new Skipped(file, "only " + String.join(", ", PictureReader.ENDINGS) + " files are read"));
            } else {
                found.add(new Found(file, part, className));
            }
        }
        if (found.size() == before) {
            skipped.add(new Skipped(folder, "it holds no pictures"));
        }
    }

    private static boolean isHidden(String name) {
        return name.startsWith(".") || name.equals("__MACOSX");
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted((a, b) ->
                            a.getFileName().toString().compareTo(b.getFileName().toString()))
                    .toList();
        } catch (IOException e) {
            throw new Refusal("The folder " + folder + " cannot be listed (" + e + "). Check that you may read it.", e);
        }
    }

    private void checkClasses() {
        Set<String> train = classesOf(TRAIN);
        Set<String> val = classesOf(VAL);
        Set<String> unsplit = classesOf("");
        if (unsplit.isEmpty()) {
            refuseEmpty(train, TRAIN, source);
            refuseEmpty(val, VAL, source);
        }
        for (String name : val) {
            if (!train.contains(name)) {
                throw new Refusal("The class " + name + " has pictures in " + source.resolve(VAL) + " but none in "
                        + source.resolve(TRAIN) + " (which has " + String.join(", ", train)
                        + "). Rename the folder, or add pictures to learn the class from.");
            }
        }
        Set<String> classes = unsplit.isEmpty() ? train : unsplit;
        if (classes.size() < 2) {
            throw new Refusal(source + " has pictures of one class only ("
                    + classes.iterator().next()
                    + "). There is nothing to tell apart: add a folder with pictures of at least one other class.");
        }
    }

    private static void refuseEmpty(Set<String> classes, String part, Path source) {
        if (classes.isEmpty()) {
            throw new Refusal(
                    source.resolve(part) + " holds no pictures. Put pictures into one sub-folder per class, or"
                            + " remove the folders train and val and give one folder per class to have it split.");
        }
    }

    private Set<String> classesOf(String part) {
        return found.stream()
                .filter(picture -> picture.part().equals(part))
                .map(Found::className)
                .collect(Collectors.toCollection(TreeSet::new));
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
        if (found.get(0).part().isEmpty()) {
            for (String name : classes) {
                List<Integer> ofClass = readable.stream()
                        .filter(i -> found.get(i).className().equals(name))
                        .toList();
                val.addAll(Split.validation(ofClass, i -> name(i), options.seed()));
            }
        } else {
            readable.stream().filter(i -> found.get(i).part().equals(VAL)).forEach(val::add);
        }
        List<Entry> trainEntries = new ArrayList<>();
        List<Entry> valEntries = new ArrayList<>();
        Fingerprint fingerprint = new Fingerprint();
        fingerprint.add(classes);
        Set<String> trainHashes = new HashSet<>();
        for (int i : readable) {
            Entry entry = new Entry(i, name(i), classes.indexOf(found.get(i).className()));
            (val.contains(i) ? valEntries : trainEntries).add(entry);
            fingerprint.add(entry.name());
            fingerprint.add(entry.label());
            fingerprint.add(outcomes.get(i).bytes());
            fingerprint.add(outcomes.get(i).hash());
            if (!val.contains(i)) {
                trainHashes.add(outcomes.get(i).hash());
            }
        }
        refuseEmptySplit(trainEntries, valEntries, classes);
        report(
                progress,
                valEntries.stream()
                        .filter(entry ->
                                trainHashes.contains(outcomes.get(entry.index()).hash()))
                        .map(Entry::name)
                        .toList());
        return new DataSet(
                source,
                classes,
                new PictureExamples(store, how, trainEntries),
                new PictureExamples(store, how, valEntries),
                List.copyOf(skipped),
                fingerprint.hex());
    }

    private String name(int i) {
        return source.relativize(found.get(i).file()).toString().replace('\\', '/');
    }

    private void refuseEmptySplit(List<Entry> train, List<Entry> val, List<String> classes) {
        long learned = train.stream().mapToInt(Entry::label).distinct().count();
        if (classes.size() < 2 || train.isEmpty() || val.isEmpty() || learned < classes.size()) {
            throw new Refusal(
                    source + " has too few readable pictures: " + train.size() + " to learn from, " + val.size()
                            + " to judge by, of " + classes.size() + " classes (" + String.join(", ", classes)
                            + "). At least two classes are needed, each with a picture to learn from, and at least one picture to"
                            + " judge by (a folder without train and val needs a class with two pictures).");
        }
    }

    private void report(Progress progress, List<String> duplicates) {
        if (!skipped.isEmpty()) {
            String named = skipped.stream()
                    .limit(NAMED_IN_MESSAGES)
                    .map(bad -> bad.file() + " (" + bad.reason() + ")")
                    .collect(Collectors.joining(", "));
            int more = skipped.size() - NAMED_IN_MESSAGES;
            progress.note("Left out: " + named + (more > 0 ? " and " + more + " more" : "") + ".");
        }
        if (!duplicates.isEmpty()) {
            progress.note(duplicates.size() + " pictures to judge by are also among those to learn from, such as "
                    + duplicates.get(0) + ": the accuracy will look better than it is.");
        }
    }
}
