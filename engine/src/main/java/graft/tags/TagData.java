package graft.tags;

import graft.Refusal;
import graft.data.Corrections;
import graft.data.Fingerprint;
import graft.data.JoinedData;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
        Opening opening = new Opening(source, seed, share);
        JoinedData.at(source)
                .ifPresentOrElse(
                        joined -> {
                            opening.remarks.add(joined.remark());
                            joined.members()
                                    .forEach((label, member) -> opening.add(TagReading.of(member, skip), label + "/"));
                        },
                        () -> opening.add(TagReading.of(source, skip), ""));
        TagData data = opening.data();
        data.skipped.forEach(each -> progress.note("Left out: " + each.reason() + "."));
        data.remarks.forEach(remark -> progress.note(remark.text()));
        return data;
    }

    /** Its parts by their names, those to learn from first. */
    public Map<String, List<Sentence>> parts() {
        Map<String, List<Sentence>> out = new LinkedHashMap<>();
        out.put(Parts.TRAIN.word(), train);
        out.put(Parts.VAL.word(), val);
        out.put(Parts.TEST.word(), test);
        return out;
    }

    private static final class Opening {
        private final Path source;
        private final long seed;
        private final double share;
        private final List<Skipped> skipped = new ArrayList<>();
        private final List<Remark> remarks = new ArrayList<>();
        private final Map<Parts, List<Sentence>> parts = new EnumMap<>(Parts.class);
        /** Names of those to learn from or to judge by: that is drawn. */
        private final Set<String> undecided = new HashSet<>();

        private Words words = Words.AROUND;

        Opening(Path source, long seed, double share) {
            this.source = source;
            this.seed = seed;
            this.share = share;
        }

        void add(TagReading read, String before) {
            skipped.addAll(read.skipped());
            remarks.addAll(read.remarks());
            words = read.words() == Words.EACH ? Words.EACH : words;
            boolean split = read.parts().containsKey(Parts.VAL);
            read.parts().forEach((part, all) -> {
                List<Sentence> named = all.stream()
                        .map(each -> each.named(before + each.name()))
                        .toList();
                parts.computeIfAbsent(part, p -> new ArrayList<>()).addAll(named);
                if (part == Parts.TRAIN && !split) {
                    named.forEach(each -> undecided.add(each.name()));
                }
            });
        }

        TagData data() {
            correct();
            split();
            List<Sentence> train = parts.get(Parts.TRAIN);
            List<Sentence> val = parts.get(Parts.VAL);
            List<Sentence> test = parts.getOrDefault(Parts.TEST, List.of());
            Set<String> types = new TreeSet<>();
            train.forEach(each -> Chunk.of(each.tags()).forEach(chunk -> types.add(chunk.type())));
            refuseTooFew(types, train, val);
            remarks.addAll(
                    repeated(train, Stream.concat(val.stream(), test.stream()).toList()));
            return new TagData(
                    source,
                    List.copyOf(types),
                    List.copyOf(train),
                    List.copyOf(val),
                    List.copyOf(test),
                    words,
                    List.copyOf(skipped),
                    List.copyOf(remarks),
                    fingerprint(types));
        }

        private void correct() {
            Corrections said = Corrections.of(source);
            if (said.isNone()) {
                return;
            }
            Set<String> out = new HashSet<>(said.leaveOut());
            int[] left = {0};
            Set<String> merged = new TreeSet<>();
            parts.replaceAll((part, all) -> {
                List<Sentence> kept = new ArrayList<>();
                for (Sentence each : all) {
                    String print = said.rows().get(each.name());
                    if (out.contains(each.name()) && (print == null || print.equals(each.fingerprint()))) {
                        left[0]++;
                    } else {
                        kept.add(renamed(each, said, merged));
                    }
                }
                return kept;
            });
            remarks.add(Remark.of(
                    Remark.Kind.CORRECTED,
                    "graft-data.json leaves out " + left[0] + (left[0] == 1 ? " sentence" : " sentences")
                            + (merged.isEmpty() ? "" : " and renames " + String.join(", ", merged))
                            + (said.relabel().isEmpty() && said.add().isEmpty()
                                    ? "."
                                    : "; other classes of whole sentences and added files mean nothing to tags, and are passed over."),
                    List.of()));
        }

        private Sentence renamed(Sentence each, Corrections said, Set<String> merged) {
            if (said.merge().isEmpty()) {
                return each;
            }
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

        /** Sentences with entities and those without any are drawn from apart. */
        private void split() {
            Set<Sentence> chosen = Collections.newSetFromMap(new IdentityHashMap<>());
            List<Sentence> all = parts.getOrDefault(Parts.TRAIN, List.of());
            Map<Boolean, List<Sentence>> apart = all.stream()
                    .filter(each -> undecided.contains(each.name()))
                    .collect(Collectors.partitioningBy(
                            each -> Chunk.of(each.tags()).isEmpty()));
            apart.values()
                    .forEach(some -> chosen.addAll(
                            Split.validation(some, each -> each.text() + '\n' + each.name(), seed, share)));
            keepOfEachType(all, chosen);
            parts.put(
                    Parts.TRAIN,
                    all.stream().filter(each -> !chosen.contains(each)).toList());
            List<Sentence> val = new ArrayList<>(parts.getOrDefault(Parts.VAL, List.of()));
            all.stream().filter(chosen::contains).forEach(val::add);
            parts.put(Parts.VAL, val);
        }

        /** What is drawn leaves a sentence of each type to learn from. */
        private static void keepOfEachType(List<Sentence> all, Set<Sentence> chosen) {
            Set<String> learnt = new HashSet<>();
            all.stream().filter(each -> !chosen.contains(each)).forEach(each -> Chunk.of(each.tags())
                    .forEach(chunk -> learnt.add(chunk.type())));
            for (Sentence each : all) {
                boolean isFirst = chosen.contains(each)
                        && Chunk.of(each.tags()).stream().anyMatch(chunk -> !learnt.contains(chunk.type()));
                if (isFirst) {
                    chosen.remove(each);
                    Chunk.of(each.tags()).forEach(chunk -> learnt.add(chunk.type()));
                }
            }
        }

        private void refuseTooFew(Set<String> types, List<Sentence> train, List<Sentence> val) {
            if (types.isEmpty()) {
                throw new Refusal(source + " has no entity among its " + train.size()
                        + " sentences to learn from: every tag is O. Give sentences in which names are tagged.");
            }
            if (val.isEmpty()) {
                throw new Refusal(source + " has " + train.size()
                        + " sentences to learn from and none to judge by. Give more of them, or a file dev beside the file"
                        + " train.");
            }
        }

        /** Content that is judged by and also learnt from. */
        private static List<Remark> repeated(List<Sentence> train, List<Sentence> judged) {
            Set<String> learnt = new HashSet<>();
            train.forEach(each -> learnt.add(each.text()));
            List<Sentence> both =
                    judged.stream().filter(each -> learnt.contains(each.text())).toList();
            if (both.isEmpty()) {
                return List.of();
            }
            Map<String, String> rows = new LinkedHashMap<>();
            both.forEach(each -> rows.put(each.name(), each.fingerprint()));
            return List.of(new Remark(
                    Remark.Kind.LEARNT_AND_JUDGED,
                    both.size() + (both.size() == 1 ? " sentence that is" : " sentences that are")
                            + " judged by " + (both.size() == 1 ? "is" : "are") + " also learnt from, such as "
                            + both.get(0).name() + ": the score will look better than it is.",
                    List.of(),
                    Corrections.leavingOut(both.stream().map(Sentence::name).toList())
                            .withRows(rows)));
        }

        private String fingerprint(Set<String> types) {
            Fingerprint out = new Fingerprint();
            out.add(List.copyOf(types));
            parts.forEach((part, all) -> {
                out.add(part.word());
                for (Sentence each : all) {
                    out.add(each.name());
                    out.add(each.text());
                    out.add(each.tags());
                }
            });
            return out.hex();
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
