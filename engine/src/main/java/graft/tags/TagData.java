package graft.tags;

import graft.Refusal;
import graft.data.Corrections;
import graft.data.Fingerprint;
import graft.data.Gathering;
import graft.data.Parts;
import graft.data.Remark;
import graft.data.Skipped;
import graft.data.Split;
import graft.progress.Progress;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/**
 * Tagged sentences, in a part to learn from and a part to judge by.
 *
 * @param types of the entities that are learnt, in the order of text
 * @param test sentences that are judged once, at the end of a run; may be empty
 * @param words how texts that nobody has cut are to be cut into words
 * @param skipped what was left out
 * @param remarks what was assumed, and what may mislead
 * @param fingerprint SHA-256 over names, texts and tags, in hexadecimal
 */
public record TagData(
        Path source,
        List<String> types,
        List<Sentence> train,
        List<Sentence> val,
        List<Sentence> test,
        Words words,
        List<Skipped> skipped,
        List<Remark> remarks,
        String fingerprint) {
    private static final int NAMED = 5;

    /** Whether a file or folder holds tagged sentences, by what is in it. */
    public static boolean areAt(Path source) {
        return TagFiles.areAt(source);
    }

    /**
     * Opens a file of columns or JSON lines, or a folder with files {@code train.*}, {@code dev.*} (or {@code val.*}) and
     * {@code test.*}. Without a part to judge by a fifth is drawn. Every remark is also told to {@code progress}.
     *
     * @param seed of what is drawn
     * @param skip whether what cannot be read is left out and told, not refused
     * @param share that is drawn
     * @throws Refusal for data that cannot be learnt from, with what to do about it
     */
    public static TagData open(Path source, long seed, boolean skip, double share, Progress progress) {
        progress.stage("reading sentences", 0, 0);
        Gathering<Sentence> all = new Gathering<>(source, "sentence");
        AtomicReference<Words> words = new AtomicReference<>(Words.AROUND);
        all.read((member, before) -> {
            TagReading read = TagReading.of(member, skip);
            all.add(read.parts(), read.skipped(), read.remarks(), before);
            words.set(read.words() == Words.EACH ? Words.EACH : words.get());
        });
        all.correct(said -> corrected(all, said));
        all.judge(drawn(all, seed, share)::contains);
        List<String> types = all.part(Parts.TRAIN).stream()
                .flatMap(Sentence::types)
                .distinct()
                .sorted()
                .toList();
        refuseTooFew(source, types, all);
        all.sayRepeated("is also learnt from", "are also learnt from");
        Fingerprint print = new Fingerprint();
        print.add(types);
        all.print(print);
        all.tell(progress);
        return new TagData(
                source,
                types,
                List.copyOf(all.part(Parts.TRAIN)),
                List.copyOf(all.part(Parts.VAL)),
                List.copyOf(all.part(Parts.TEST)),
                words.get(),
                all.skipped(),
                all.remarks(),
                print.hex());
    }

    /** Its parts by their names, those to learn from first. */
    public Map<String, List<Sentence>> parts() {
        return Parts.byName(train, val, test);
    }

    private static String corrected(Gathering<Sentence> all, Corrections said) {
        Set<String> merged = new TreeSet<>();
        if (!said.merge().isEmpty()) {
            all.replace(each -> renamed(each, said, merged));
        }
        return (merged.isEmpty() ? "" : " and renames " + String.join(", ", merged))
                + (said.relabel().isEmpty() && said.add().isEmpty()
                        ? "."
                        : "; other classes of whole sentences and added files mean nothing to tags, and are passed over.");
    }

    private static Sentence renamed(Sentence each, Corrections said, Set<String> merged) {
        List<Chunk> chunks = Chunk.of(each.tags()).stream()
                .map(chunk -> {
                    String type = said.className(chunk.type());
                    if (!type.equals(chunk.type())) {
                        merged.add(chunk.type() + " to " + type);
                    }
                    return new Chunk(type, chunk.first(), chunk.last());
                })
                .toList();
        return new Sentence(
                each.name(), each.text(), each.lines(), each.from(), each.to(), Chunk.asIob2(chunks, each.words()));
    }

    /** Sentences with entities and those without any are drawn from apart; one of each type is left to learn from. */
    private static Set<Sentence> drawn(Gathering<Sentence> all, long seed, double share) {
        Set<Sentence> chosen = Collections.newSetFromMap(new IdentityHashMap<>());
        Map<Boolean, List<Sentence>> apart = all.undecided().stream()
                .collect(
                        Collectors.partitioningBy(each -> each.types().findAny().isEmpty()));
        apart.values()
                .forEach(some ->
                        chosen.addAll(Split.validation(some, each -> each.text() + '\n' + each.name(), seed, share)));
        Set<String> learnt = all.part(Parts.TRAIN).stream()
                .filter(each -> !chosen.contains(each))
                .flatMap(Sentence::types)
                .collect(Collectors.toSet());
        for (Sentence each : all.part(Parts.TRAIN)) {
            boolean isFirst = each.types().anyMatch(type -> !learnt.contains(type));
            if (isFirst && chosen.remove(each)) {
                each.types().forEach(learnt::add);
            }
        }
        return chosen;
    }

    private static String plural(Gathering<Sentence> all) {
        return all.part(Parts.TRAIN).size() == 1 ? " sentence" : " sentences";
    }

    private static void refuseTooFew(Path source, List<String> types, Gathering<Sentence> all) {
        if (types.isEmpty()) {
            throw new Refusal(source + " has no entity among its "
                    + all.part(Parts.TRAIN).size()
                    + plural(all) + " to learn from: every tag is O. Give sentences in which names are tagged.");
        }
        if (all.part(Parts.VAL).isEmpty()) {
            throw new Refusal(source + " has " + all.part(Parts.TRAIN).size() + plural(all)
                    + " to learn from and none to judge by. Give more of them, or a file dev beside the file"
                    + " train.");
        }
    }

    /**
     * Refuses types that a network does not know.
     *
     * @param known types
     * @param who in words, what does not know them
     * @param way out
     */
    static void refuseUnknown(Path source, List<Sentence> sentences, Set<String> known, String who, String way) {
        for (Sentence each : sentences) {
            for (Chunk chunk : Chunk.of(each.tags())) {
                if (!known.contains(chunk.type())) {
                    throw new Refusal(source + " has, in " + each.name().replaceFirst(":\\d+.*$", "") + ", line "
                            + each.line(chunk.first()) + ", the tag B-" + chunk.type() + " of \""
                            + each.text().substring(each.from()[chunk.first()], each.to()[chunk.last()]) + "\", which "
                            + who
                            + " ("
                            + String.join(", ", known.stream().limit(NAMED).toList())
                            + (known.size() > NAMED ? ", …" : "") + "). " + way);
                }
            }
        }
    }
}
