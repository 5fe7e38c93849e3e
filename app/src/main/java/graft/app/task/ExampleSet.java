package graft.app.task;

import graft.data.Corrections;
import graft.data.FileNames;
import graft.data.JoinedData;
import graft.data.Places;
import graft.data.Remark;
import graft.data.Skipped;
import graft.image.PictureCheck;
import graft.image.PictureFiles;
import graft.image.PictureFiles.Found;
import graft.options.Settings;
import graft.task.Listing;
import graft.task.TaskTable;
import graft.text.TextData;
import graft.text.TextExample;
import graft.worker.HowRead;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A data set as it is shown before anything is trained on it.
 *
 * @param view of its task
 * @param how what the user said of how they are read
 * @param files empty where the examples are no pictures in files
 * @param texts empty where they are no texts
 * @param skipped left out, and why
 * @param remarks what may mislead
 * @param corrections those that were in force when the names were read
 * @param byClass the examples that there is something to see of: found once, away from the screen, however many there are
 */
public record ExampleSet(
        TaskView view,
        Path source,
        Settings how,
        List<ClassCount> classes,
        Optional<PictureFiles> files,
        List<TextExample> texts,
        List<Skipped> skipped,
        List<Remark> remarks,
        Corrections corrections,
        Map<String, List<Shown>> byClass) {

    /** A class with the number of examples to learn from and to judge by. */
    public record ClassCount(String name, int train, int val) {
        public int all() {
            return train + val;
        }
    }

    /** Of examples that there is nothing to see of. */
    static ExampleSet counted(
            TaskView view,
            Path source,
            Settings how,
            List<ClassCount> classes,
            List<Skipped> skipped,
            List<Remark> remarks,
            Corrections corrections) {
        return new ExampleSet(
                view, source, how, classes, Optional.empty(), List.of(), skipped, remarks, corrections, Map.of());
    }

    /** @param remarks those of the files, perhaps with more */
    static ExampleSet ofPictures(
            TaskView view,
            Settings how,
            List<ClassCount> classes,
            PictureFiles files,
            List<Remark> remarks,
            Corrections corrections) {
        Map<String, List<Shown>> byClass = files.files().stream()
                .collect(Collectors.groupingBy(
                        Found::className, Collectors.mapping(Shown::picture, Collectors.toUnmodifiableList())));
        return new ExampleSet(
                view,
                files.source(),
                how,
                classes,
                Optional.of(files),
                List.of(),
                files.skipped(),
                remarks,
                corrections,
                byClass);
    }

    static ExampleSet ofTexts(
            TaskView view,
            Path source,
            Settings how,
            List<ClassCount> classes,
            TextData data,
            Corrections corrections) {
        List<TextExample> texts = Stream.of(data.train(), data.val(), data.test())
                .flatMap(List::stream)
                .toList();
        Map<String, List<Shown>> byClass = texts.stream()
                .collect(Collectors.groupingBy(
                        text -> data.classes().get(text.label()),
                        Collectors.mapping(
                                text -> new Shown(text.name(), text.name(), source, text.words()),
                                Collectors.toUnmodifiableList())));
        return new ExampleSet(
                view,
                source,
                how,
                classes,
                Optional.empty(),
                texts,
                data.skipped(),
                data.remarks(),
                corrections,
                byClass);
    }

    /**
     * Reads what can be shown of data, of whichever task they are.
     *
     * @throws graft.Refusal for data that cannot be learnt from, with what to do about it
     */
    public static ExampleSet open(Path source, Settings how) {
        TaskView view = TaskViews.of(source, how);
        return view.opening().open(view, source, how);
    }

    /** Whether a dropped file or folder may be data, as far as its name tells. */
    public static boolean mayBe(Path dropped) {
        return Files.isDirectory(dropped)
                || TaskTable.all().stream().anyMatch(task -> task.reading().fits(dropped));
    }

    /** Texts with places in them, each of a kind: what is counted are these. */
    static ExampleSet ofPlaces(TaskView view, Settings how, List<ClassCount> kinds, Listing listing) {
        Map<String, List<Shown>> byKind = new LinkedHashMap<>();
        for (Listing.Listed each : listing.examples()) {
            Shown shown = new Shown(each.name(), each.name(), listing.source(), each.text(), each.spans());
            // Those without any place are of no class that is shown, and are known by their names.
            (each.spans().isEmpty() ? Stream.of("") : each.counted().stream().distinct())
                    .forEach(kind -> byKind.computeIfAbsent(kind, any -> new ArrayList<>())
                            .add(shown));
        }
        return new ExampleSet(
                view,
                listing.source(),
                how,
                kinds,
                Optional.empty(),
                List.of(),
                listing.skipped(),
                listing.remarks(),
                listing.corrections(),
                byKind);
    }

    /** The same set with what looking at its pictures has shown: without the unreadable ones, and with more remarks. */
    public ExampleSet seen(PictureCheck.Findings findings) {
        PictureFiles all = files.orElseThrow();
        Set<Path> bad = findings.unreadable().stream().map(Skipped::file).collect(Collectors.toSet());
        List<Skipped> left = new ArrayList<>(skipped);
        left.addAll(findings.unreadable());
        List<Found> readable =
                all.files().stream().filter(f -> !bad.contains(f.file())).toList();
        PictureFiles rest = new PictureFiles(source, all.classes(), readable, List.copyOf(left), all.remarks());
        List<Remark> more = new ArrayList<>(all.remarks());
        more.addAll(findings.remarks());
        return PictureSets.of(view, rest, how, List.copyOf(more), corrections);
    }

    /** The state in which it was read. */
    public Edition edition() {
        return new Edition(HowRead.of(how), corrections);
    }

    /** Likely mistakes first. */
    public List<Remark> sortedRemarks() {
        return remarks.stream()
                .sorted(Comparator.comparing((Remark remark) -> !remark.isProblem()))
                .toList();
    }

    public List<String> classNames() {
        return classes.stream().map(ClassCount::name).toList();
    }

    public int train() {
        return classes.stream().mapToInt(ClassCount::train).sum();
    }

    public int val() {
        return classes.stream().mapToInt(ClassCount::val).sum();
    }

    /** Examples of one class, pictures in the order of their names; empty for arrays, of which there is nothing to see. */
    public List<Shown> examples(String className) {
        return byClass.getOrDefault(className, List.of());
    }

    /** The class of each example, by the name that runs know it under; null where it is of no one class. Empty for arrays. */
    public Map<String, String> classOf() {
        Map<String, String> out = new LinkedHashMap<>();
        files.ifPresent(found -> found.files().forEach(each -> out.put(each.name(), each.className())));
        texts.forEach(text -> out.put(text.name(), classes.get(text.label()).name()));
        if (isOfPlaces()) {
            byClass.values().forEach(all -> all.forEach(each -> out.put(each.key(), null)));
        }
        return out;
    }

    /** The classes that these examples are of; an example that is not here, not any more, has none. */
    public Set<String> classesOf(List<Shown> examples) {
        Map<String, String> all = classOf();
        return examples.stream()
                .map(each -> all.get(each.key()))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    /** Whether what is judged by is drawn, and not said by the data themselves. */
    public boolean isDrawn() {
        return files.map(found -> !found.isSplit())
                .orElse(!texts.isEmpty() && (Files.isRegularFile(source) || isJoined()));
    }

    /** Whether examples can be left out one by one: not those of arrays, which have no names. */
    public boolean isCorrectable() {
        return isVisible() && view.answers().areKnown();
    }

    /** Whether an example can be said to be of another class: not where it has places of several. */
    public boolean isRelabellable() {
        return isVisible() && !isOfPlaces();
    }

    /** Whether what is learnt are places in examples. */
    public boolean isOfPlaces() {
        return view.answers() != TaskView.Answers.CLASSES;
    }

    /** Files and folders that were left out without the user's word, by the names that corrections have for them. */
    public List<String> unsettled() {
        if (files.isEmpty()) {
            return List.of(); // what is left out of texts are rows of a file that is read
        }
        Places places = new Places(source);
        return skipped.stream()
                .map(each -> places.nameOf(each.file()))
                .filter(name -> !corrections.leaveOut().contains(name))
                .toList();
    }

    /** What the user calls the data set: the names of all that are taken together. */
    public String title() {
        return title(source);
    }

    /** Whether several folders or tables are taken together. */
    public boolean isJoined() {
        return JoinedData.at(source).isPresent();
    }

    static String title(Path source) {
        return JoinedData.at(source)
                .map(joined -> String.join(" + ", joined.members().keySet()))
                .orElse(FileNames.last(source));
    }

    /** Whether there is something to see of the examples: not of arrays. */
    public boolean isVisible() {
        return files.isPresent() || !texts.isEmpty() || isOfPlaces();
    }
}
