package graft.text;

import graft.Refusal;
import graft.data.Corrections;
import graft.data.Fingerprint;
import graft.data.JoinedData;
import graft.data.Parts;
import graft.data.Places;
import graft.data.Remark;
import graft.data.Skipped;
import graft.data.Split;
import graft.progress.Progress;
import graft.text.LabelledRows.Labelled;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Labelled texts, in a part to learn from and a part to judge by.
 *
 * @param classes names by label: in the order of counting where all are whole numbers, else in that of text
 * @param test texts that are judged once, at the end of a run; may be empty
 * @param skipped what was left out
 * @param remarks what was assumed, and what may mislead
 * @param fingerprint SHA-256 over classes, names, labels and texts, in hexadecimal
 */
public record TextData(
        Path source,
        List<String> classes,
        List<TextExample> train,
        List<TextExample> val,
        List<TextExample> test,
        List<Skipped> skipped,
        List<Remark> remarks,
        String fingerprint) {
    private static final int NAMED = 5;

    /** Whether a file or folder holds texts, by its name and what is in it. */
    public static boolean isText(Path source) {
        return TextFiles.isText(source);
    }

    /**
     * Opens a table (CSV, TSV, JSON lines), a folder with tables {@code train.*}, {@code dev.*} (or {@code val.*}) and
     * {@code test.*}, or folders {@code <class>/*.txt}, with or without parts above them. Without a part to judge by a fifth of
     * each class is drawn. Every remark is also told to {@code progress}.
     *
     * @throws Refusal for data that cannot be learnt from, with what to do about it
     */
    public static TextData open(Path source, TextOptions options, Progress progress) {
        return new Opening(source, options, progress).open();
    }

    private static final class Opening {
        private final Path source;
        private final TextOptions options;
        private final Progress progress;
        private final List<Skipped> skipped = new ArrayList<>();
        private final List<Remark> remarks = new ArrayList<>();
        private final Map<Parts, List<Labelled>> parts = new EnumMap<>(Parts.class);
        /** Those to learn from or to judge by: that is drawn. */
        private final List<Labelled> undecided = new ArrayList<>();

        Opening(Path source, TextOptions options, Progress progress) {
            this.source = source;
            this.options = options;
            this.progress = progress;
        }

        TextData open() {
            Optional<JoinedData> joined = JoinedData.at(source);
            if (joined.isEmpty()) {
                add(TextReading.of(source, options, progress));
            } else {
                remarks.add(joined.get().remark());
                joined.get()
                        .members()
                        .forEach((label, member) -> add(TextReading.member(member, label, options, progress)));
                correctJoined();
            }
            List<String> classes = classes();
            split(classes);
            TextData data = data(classes);
            List<Remark> all = new ArrayList<>(data.remarks());
            all.addAll(TextRemarks.of(data));
            TextData said =
                    new TextData(source, classes, data.train, data.val, data.test, data.skipped, all, data.fingerprint);
            said.report(progress);
            return said;
        }

        private void add(TextReading read) {
            skipped.addAll(read.skipped());
            remarks.addAll(read.remarks());
            boolean split = read.parts().containsKey(Parts.VAL);
            read.parts().forEach((part, rows) -> {
                parts.computeIfAbsent(part, p -> new ArrayList<>()).addAll(rows);
                if (part == Parts.TRAIN && !split) {
                    undecided.addAll(rows);
                }
            });
        }

        /** What is said of all of them together. */
        private void correctJoined() {
            Corrections said = Corrections.of(source);
            if (said.isNone()) {
                return;
            }
            Set<String> drawn = new HashSet<>();
            undecided.forEach(row -> drawn.add(row.name()));
            CorrectedRows rows = CorrectedRows.of(parts, said, source);
            skipped.addAll(rows.skipped());
            remarks.addAll(rows.remarks());
            parts.putAll(rows.parts());
            undecided.clear();
            parts.getOrDefault(Parts.TRAIN, List.of()).stream()
                    .filter(row -> drawn.contains(row.name()) || !drawn.isEmpty() && Places.isWhole(row.name()))
                    .forEach(undecided::add);
        }

        private List<String> classes() {
            Set<String> found = new TreeSet<>();
            parts.values().forEach(rows -> rows.forEach(row -> found.add(row.label())));
            boolean numbers = found.stream().allMatch(name -> name.matches("-?\\d{1,18}"));
            return numbers
                    ? found.stream()
                            .sorted(Comparator.comparingLong(Long::parseLong))
                            .toList()
                    : List.copyOf(found);
        }

        private void split(List<String> classes) {
            Map<String, List<Labelled>> byClass = new LinkedHashMap<>();
            classes.forEach(name -> byClass.put(name, new ArrayList<>()));
            List<Labelled> all = parts.get(Parts.TRAIN);
            undecided.forEach(row -> byClass.get(row.label()).add(row));
            Set<Labelled> chosen = Collections.newSetFromMap(new IdentityHashMap<>());
            byClass.values()
                    .forEach(rows -> chosen.addAll(Split.validation(
                            rows,
                            row -> row.text() + '\n' + row.pair().orElse("") + '\n' + row.name(),
                            options.seed(),
                            options.share())));
            parts.put(
                    Parts.TRAIN,
                    all.stream().filter(row -> !chosen.contains(row)).toList());
            parts.computeIfAbsent(Parts.VAL, part -> new ArrayList<>())
                    .addAll(all.stream().filter(chosen::contains).toList());
        }

        private TextData data(List<String> classes) {
            Map<String, Integer> labels = new HashMap<>();
            classes.forEach(name -> labels.put(name, labels.size()));
            Fingerprint fingerprint = new Fingerprint();
            fingerprint.add(classes);
            Map<Parts, List<TextExample>> examples = new EnumMap<>(Parts.class);
            for (Parts part : Parts.values()) {
                List<TextExample> out = new ArrayList<>();
                for (Labelled row : parts.getOrDefault(part, List.of())) {
                    int label = labels.get(row.label());
                    out.add(new TextExample(row.name(), row.text(), row.pair(), label));
                    fingerprint.add(row.name());
                    fingerprint.add(label);
                    fingerprint.add(row.text());
                    row.pair().ifPresent(fingerprint::add);
                }
                examples.put(part, List.copyOf(out));
            }
            refuseTooFew(classes, examples);
            return new TextData(
                    source,
                    classes,
                    examples.get(Parts.TRAIN),
                    examples.get(Parts.VAL),
                    examples.get(Parts.TEST),
                    List.copyOf(skipped),
                    List.copyOf(remarks),
                    fingerprint.hex());
        }

        private void refuseTooFew(List<String> classes, Map<Parts, List<TextExample>> examples) {
            List<TextExample> train = examples.get(Parts.TRAIN);
            List<TextExample> val = examples.get(Parts.VAL);
            Set<Integer> learnt = new HashSet<>();
            train.forEach(example -> learnt.add(example.label()));
            if (classes.size() > 2 && classes.size() > (train.size() + val.size()) / 2) {
                throw new Refusal(
                        source + " has " + classes.size() + " different labels in " + (train.size() + val.size())
                                + " rows (" + shortened(classes)
                                + "): these are no classes. Choose the column of the labels with --label.");
            }
            if (classes.size() < 2 || val.isEmpty() || learnt.size() < classes.size()) {
                List<String> never = new ArrayList<>();
                for (int label = 0; label < classes.size(); label++) {
                    if (!learnt.contains(label)) {
                        never.add(classes.get(label));
                    }
                }
                throw new Refusal(source + " has too few texts: " + train.size() + " to learn from, " + val.size()
                        + " to judge by, of " + classes.size() + (classes.size() == 1 ? " class (" : " classes (")
                        + shortened(classes) + ")"
                        + (never.isEmpty() || train.isEmpty() ? "" : ", none to learn from of " + shortened(never))
                        + ". At least two classes are needed, each with a text to learn from, and at least one text to judge"
                        + " by.");
            }
        }
    }

    private void report(Progress progress) {
        if (!skipped.isEmpty()) {
            StringBuilder named = new StringBuilder("Left out: ");
            skipped.stream().limit(NAMED).forEach(each -> named.append(named.length() > 10 ? ", " : "")
                    .append(each.file())
                    .append(" (")
                    .append(each.reason())
                    .append(")"));
            int more = skipped.size() - NAMED;
            progress.note(named + (more > 0 ? " and " + more + " more" : "") + ".");
        }
        remarks.forEach(remark -> progress.note(remark.text()));
    }

    static String shortened(Collection<String> names) {
        StringBuilder out = new StringBuilder();
        names.stream().limit(NAMED).forEach(name -> out.append(out.length() == 0 ? "" : ", ")
                .append(name));
        return out + (names.size() > NAMED ? ", …" : "");
    }
}
