package graft.answers;

import graft.Refusal;
import graft.data.Corrections;
import graft.data.Fingerprint;
import graft.data.JoinedData;
import graft.data.PartFiles;
import graft.data.Parts;
import graft.data.Remark;
import graft.data.Skipped;
import graft.data.Split;
import graft.progress.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Questions about passages, in a part to learn from and a part to judge by.
 *
 * @param test questions that are judged once, at the end of a run; may be empty
 * @param skipped what was left out
 * @param remarks what was assumed, and what may mislead
 * @param fingerprint SHA-256 over names, questions, passages and answers, in hexadecimal
 */
public record AnswerData(
        Path source,
        List<Question> train,
        List<Question> val,
        List<Question> test,
        List<Skipped> skipped,
        List<Remark> remarks,
        String fingerprint) {

    /** Whether a file or folder holds questions about passages, by what is in it. */
    public static boolean areAt(Path source) {
        return PartFiles.areAt(source, file -> SquadKind.of(file).isPresent());
    }

    /**
     * Opens a file, or a folder with files {@code train*}, {@code dev*} (or {@code val*}) and {@code test*}. Without a part to judge
     * by a fifth of the articles is drawn, so that no passage is on both sides. Every remark is also told to {@code progress}.
     *
     * @param seed of what is drawn
     * @param skip whether questions that are not in order are left out and told, not refused
     * @param share that is drawn
     * @throws Refusal for data that cannot be learnt from, with what to do about it
     */
    public static AnswerData open(Path source, long seed, boolean skip, double share, Progress progress) {
        progress.stage("reading questions", 0, 0);
        Opening opening = new Opening(source, seed, skip, share);
        JoinedData.at(source)
                .ifPresentOrElse(
                        joined -> {
                            opening.remarks.add(joined.remark());
                            joined.members().forEach((label, member) -> opening.add(member, label + "/"));
                        },
                        () -> opening.add(source, ""));
        AnswerData data = opening.data();
        data.skipped.forEach(each -> progress.note("Left out: " + each.reason() + "."));
        data.remarks.forEach(remark -> progress.note(remark.text()));
        return data;
    }

    /** Its parts by their names, those to learn from first. */
    public Map<String, List<Question>> parts() {
        Map<String, List<Question>> out = new LinkedHashMap<>();
        out.put(Parts.TRAIN.word(), train);
        out.put(Parts.VAL.word(), val);
        out.put(Parts.TEST.word(), test);
        return out;
    }

    private static final class Opening {
        private final Path source;
        private final long seed;
        private final boolean skip;
        private final double share;
        private final List<Skipped> skipped = new ArrayList<>();
        private final List<Remark> remarks = new ArrayList<>();
        private final Map<Parts, List<Question>> parts = new EnumMap<>(Parts.class);
        private final List<Question> undecided = new ArrayList<>();

        Opening(Path source, long seed, boolean skip, double share) {
            this.source = source;
            this.seed = seed;
            this.skip = skip;
            this.share = share;
        }

        void add(Path member, String before) {
            PartFiles files = PartFiles.of(
                    member,
                    file -> SquadKind.of(file).isPresent(),
                    member
                            + " holds no questions about passages. Give a file laid out as SQuAD is (.json), or an object for"
                            + " each question with \"context\", \"question\" and \"answers\" (.jsonl); or a folder with such files"
                            + " called train, dev and test.",
                    "train.json");
            skipped.addAll(files.skipped());
            remarks.addAll(files.remarks());
            boolean split = files.parts().containsKey(Parts.VAL);
            files.parts().forEach((part, file) -> {
                List<Question> read = read(file).stream()
                        .map(each -> each.named(before + each.name()))
                        .toList();
                (part == Parts.TRAIN && !split ? undecided : parts.computeIfAbsent(part, p -> new ArrayList<>()))
                        .addAll(read);
            });
        }

        private List<Question> read(Path file) {
            List<String> notes = new ArrayList<>();
            SquadQuestions read = SquadFile.read(file, true, skip, notes);
            notes.forEach(note -> remarks.add(Remark.of(Remark.Kind.READING, note, List.of(file))));
            if (read.left() > 0) {
                skipped.add(new Skipped(file, read.wrong()));
            }
            if (read.inChars() > 0) {
                remarks.add(Remark.of(
                        Remark.Kind.READING,
                        "In " + file + " the places of " + read.inChars()
                                + (read.inChars() == 1 ? " answer fit" : " answers fit")
                                + " their passages only where an emoji counts as two letters; they are read so.",
                        List.of(file)));
            }
            return read.questions();
        }

        AnswerData data() {
            correct();
            split();
            List<Question> train = parts.getOrDefault(Parts.TRAIN, List.of());
            List<Question> val = parts.getOrDefault(Parts.VAL, List.of());
            List<Question> test = parts.getOrDefault(Parts.TEST, List.of());
            if (train.stream().allMatch(Question::impossible)) {
                throw new Refusal(source + " has no answer among its " + train.size()
                        + " questions to learn from. Give questions with \"answers\" that stand in their passages.");
            }
            if (val.isEmpty()) {
                throw new Refusal(
                        source + " has " + train.size() + " questions about one passage to learn from and none to"
                                + " judge by. Give questions about more passages, or a file dev beside the file train.");
            }
            tellCount();
            repeated(train, Stream.concat(val.stream(), test.stream()).toList());
            return new AnswerData(
                    source,
                    List.copyOf(train),
                    List.copyOf(val),
                    List.copyOf(test),
                    List.copyOf(skipped),
                    List.copyOf(remarks),
                    fingerprint());
        }

        private void correct() {
            Corrections said = Corrections.of(source);
            if (said.isNone()) {
                return;
            }
            Set<String> out = new HashSet<>(said.leaveOut());
            int before = count();
            Stream.concat(parts.values().stream(), Stream.of(undecided))
                    .forEach(all -> all.removeIf(each -> out.contains(each.name())
                            && said.rows()
                                    .getOrDefault(each.name(), each.fingerprint())
                                    .equals(each.fingerprint())));
            int left = before - count();
            boolean more = !said.relabel().isEmpty()
                    || !said.add().isEmpty()
                    || !said.merge().isEmpty();
            remarks.add(Remark.of(
                    Remark.Kind.CORRECTED,
                    "graft-data.json leaves out " + left + (left == 1 ? " question" : " questions")
                            + (more
                                    ? "; classes and added files mean nothing to questions, and are passed over."
                                    : "."),
                    List.of()));
        }

        private void tellCount() {
            List<Passage> passages = parts.values().stream()
                    .flatMap(List::stream)
                    .map(Question::passage)
                    .distinct()
                    .toList();
            long articles = passages.stream().map(Passage::article).distinct().count();
            remarks.add(Remark.of(
                    Remark.Kind.READING,
                    String.format(
                            "%,d questions about %,d passages of %,d articles.",
                            parts.values().stream().mapToInt(List::size).sum(), passages.size(), articles),
                    List.of()));
        }

        private int count() {
            return undecided.size()
                    + parts.values().stream().mapToInt(List::size).sum();
        }

        /** By whole articles; where there is one only, by whole passages. */
        private void split() {
            if (undecided.isEmpty()) {
                return;
            }
            Set<String> units = undecided.stream()
                    .map(each -> each.passage().article())
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            boolean byArticle = units.size() > 1;
            if (!byArticle) {
                units = undecided.stream()
                        .map(each -> each.passage().text())
                        .collect(Collectors.toCollection(LinkedHashSet::new));
            }
            Set<String> drawn = new HashSet<>(Split.validation(units, name -> name, seed, share));
            for (Question each : undecided) {
                String unit =
                        byArticle ? each.passage().article() : each.passage().text();
                parts.computeIfAbsent(drawn.contains(unit) ? Parts.VAL : Parts.TRAIN, p -> new ArrayList<>())
                        .add(each);
            }
            String unit = byArticle ? "article" : "passage";
            remarks.add(Remark.of(
                    Remark.Kind.LAYOUT,
                    drawn.size() + " of " + units.size() + " " + unit + (units.size() == 1 ? "" : "s")
                            + (drawn.size() == 1 ? " is" : " are")
                            + " set aside to judge by, as a whole, so that no passage is learnt from and judged by.",
                    List.of()));
        }

        /** Passages that are judged by and also learnt from. */
        private void repeated(List<Question> train, List<Question> judged) {
            Set<String> learnt =
                    train.stream().map(each -> each.passage().text()).collect(Collectors.toSet());
            List<Question> both = judged.stream()
                    .filter(each -> learnt.contains(each.passage().text()))
                    .toList();
            if (both.isEmpty()) {
                return;
            }
            Map<String, String> rows = new LinkedHashMap<>();
            both.forEach(each -> rows.put(each.name(), each.fingerprint()));
            remarks.add(new Remark(
                    Remark.Kind.LEARNT_AND_JUDGED,
                    both.size() + (both.size() == 1 ? " question that is" : " questions that are")
                            + " judged by " + (both.size() == 1 ? "is" : "are")
                            + " about a passage that is also learnt from, such as "
                            + both.get(0).name()
                            + ": the score will look better than it is.",
                    List.of(),
                    Corrections.leavingOut(both.stream().map(Question::name).toList())
                            .withRows(rows)));
        }

        private String fingerprint() {
            Fingerprint out = new Fingerprint();
            parts.forEach((part, all) -> {
                out.add(part.word());
                for (Question each : all) {
                    out.add(each.name());
                    out.add(each.text());
                    out.add(each.passage().text());
                    for (Gold gold : each.golds()) {
                        out.add(gold.start());
                        out.add(gold.text());
                    }
                }
            });
            return out.hex();
        }
    }
}
