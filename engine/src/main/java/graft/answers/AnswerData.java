package graft.answers;

import graft.Refusal;
import graft.data.Fingerprint;
import graft.data.Gathering;
import graft.data.PartFiles;
import graft.data.Parts;
import graft.data.Remark;
import graft.data.Skipped;
import graft.data.Split;
import graft.progress.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

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
        Gathering<Question> all = new Gathering<>(source, "question");
        all.read((member, before) -> read(all, member, before, skip));
        all.correct(said ->
                said.relabel().isEmpty() && said.add().isEmpty() && said.merge().isEmpty()
                        ? "."
                        : "; classes and added files mean nothing to questions, and are passed over.");
        split(all, seed, share);
        List<Question> train = all.part(Parts.TRAIN);
        if (train.stream().allMatch(Question::impossible)) {
            throw new Refusal(source + " has no answer among its " + train.size()
                    + " questions to learn from. Give questions with \"answers\" that stand in their passages.");
        }
        if (all.part(Parts.VAL).isEmpty()) {
            throw new Refusal(source + " has " + train.size() + " questions about one passage to learn from and none to"
                    + " judge by. Give questions about more passages, or a file dev beside the file train.");
        }
        sayCount(all);
        all.sayRepeated("is about a passage that is also learnt from", "are about a passage that is also learnt from");
        Fingerprint print = new Fingerprint();
        all.print(print);
        all.tell(progress);
        return new AnswerData(
                source,
                List.copyOf(train),
                List.copyOf(all.part(Parts.VAL)),
                List.copyOf(all.part(Parts.TEST)),
                all.skipped(),
                all.remarks(),
                print.hex());
    }

    /** Its parts by their names, those to learn from first. */
    public Map<String, List<Question>> parts() {
        return Parts.byName(train, val, test);
    }

    private static void read(Gathering<Question> all, Path member, String before, boolean skip) {
        PartFiles files = PartFiles.of(
                member,
                file -> SquadKind.of(file).isPresent(),
                member
                        + " holds no questions about passages. Give a file laid out as SQuAD is (.json), or an object for"
                        + " each question with \"context\", \"question\" and \"answers\" (.jsonl); or a folder with such files"
                        + " called train, dev and test.",
                "train.json");
        List<Skipped> skipped = new ArrayList<>(files.skipped());
        List<Remark> remarks = new ArrayList<>(files.remarks());
        Map<Parts, List<Question>> parts = new EnumMap<>(Parts.class);
        files.parts().forEach((part, file) -> parts.put(part, questions(file, skip, skipped, remarks)));
        all.add(parts, skipped, remarks, before);
    }

    private static List<Question> questions(Path file, boolean skip, List<Skipped> skipped, List<Remark> remarks) {
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

    private static void sayCount(Gathering<Question> all) {
        List<Passage> passages = all.all().map(Question::passage).distinct().toList();
        all.say(
                Remark.Kind.READING,
                String.format(
                        "%,d questions about %,d passages of %,d articles.",
                        all.all().count(),
                        passages.size(),
                        passages.stream().map(Passage::article).distinct().count()));
    }

    /** By whole articles; where there is one only, by whole passages. */
    private static void split(Gathering<Question> all, long seed, double share) {
        List<Question> undecided = all.undecided();
        if (undecided.isEmpty()) {
            return;
        }
        Set<String> articles = units(undecided, each -> each.passage().article());
        boolean byArticle = articles.size() > 1;
        Function<Question, String> unit =
                each -> byArticle ? each.passage().article() : each.passage().text();
        Set<String> units = units(undecided, unit);
        Set<String> drawn = new HashSet<>(Split.validation(units, name -> name, seed, share));
        Set<Question> open = Collections.newSetFromMap(new IdentityHashMap<>());
        open.addAll(undecided);
        all.judge(each -> open.contains(each) && drawn.contains(unit.apply(each)));
        String what = byArticle ? "article" : "passage";
        all.say(
                Remark.Kind.LAYOUT,
                drawn.size() + " of " + units.size() + " " + what + (units.size() == 1 ? "" : "s")
                        + (drawn.size() == 1 ? " is" : " are")
                        + " set aside to judge by, as a whole, so that no passage is learnt from and judged by.");
    }

    private static Set<String> units(List<Question> questions, Function<Question, String> unit) {
        return questions.stream().map(unit).collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
