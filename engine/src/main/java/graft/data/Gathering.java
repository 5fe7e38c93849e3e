package graft.data;

import graft.progress.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Texts that are read entry by entry, put together out of one data set or of several that are taken as one: in parts, with what was
 * left out and what is to be said of it.
 */
public final class Gathering<T extends Gathering.Entry<T>> {
    /** A sentence, a question. */
    public interface Entry<T> {
        String name();

        T named(String other);

        /** What tells it from others. */
        String fingerprint();

        /** The text that must not be learnt from where it is judged by. */
        String read();

        /** What a data set with another content of it differs by. */
        void add(Fingerprint print);
    }

    private final Path source;
    private final String noun;
    private final List<Skipped> skipped = new ArrayList<>();
    private final List<Remark> remarks = new ArrayList<>();
    private final Map<Parts, List<T>> parts = new EnumMap<>(Parts.class);
    /** Names of those to learn from or to judge by: that is drawn. */
    private final Set<String> undecided = new HashSet<>();

    /** @param noun what an entry is called: "sentence" */
    public Gathering(Path source, String noun) {
        this.source = source;
        this.noun = noun;
    }

    /** Reads each of the data sets that are taken as one. */
    public void read(BiConsumer<Path, String> member) {
        JoinedData.at(source)
                .ifPresentOrElse(
                        joined -> {
                            remarks.add(joined.remark());
                            joined.members().forEach((label, path) -> member.accept(path, label + "/"));
                        },
                        () -> member.accept(source, ""));
    }

    /**
     * What was read of one of them.
     *
     * @param before what its names begin with
     */
    public void add(Map<Parts, List<T>> read, List<Skipped> left, List<Remark> said, String before) {
        skipped.addAll(left);
        remarks.addAll(said);
        boolean split = read.containsKey(Parts.VAL);
        read.forEach((part, all) -> {
            List<T> named =
                    all.stream().map(each -> each.named(before + each.name())).toList();
            parts.computeIfAbsent(part, p -> new ArrayList<>()).addAll(named);
            if (part == Parts.TRAIN && !split) {
                named.forEach(each -> undecided.add(each.name()));
            }
        });
    }

    /** Applies what the user said of them, where something is said. */
    public void correct(Function<Corrections, String> more) {
        Corrections said = Corrections.of(source);
        if (said.isNone()) {
            return;
        }
        Set<String> out = new HashSet<>(said.leaveOut());
        int before = count();
        Predicate<T> isOut = each -> out.contains(each.name())
                && said.rows().getOrDefault(each.name(), each.fingerprint()).equals(each.fingerprint());
        parts.values().forEach(all -> all.removeIf(isOut));
        int left = before - count();
        remarks.add(Remark.of(
                Remark.Kind.CORRECTED,
                Corrections.FILE + " leaves out " + counted(left) + more.apply(said),
                List.of()));
    }

    /** Puts another one in the place of each. */
    public void replace(Function<T, T> other) {
        parts.values().forEach(all -> all.replaceAll(other::apply));
    }

    private int count() {
        return parts.values().stream().mapToInt(List::size).sum();
    }

    private String counted(int count) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    public List<T> part(Parts part) {
        return parts.getOrDefault(part, List.of());
    }

    public Stream<T> all() {
        return parts.values().stream().flatMap(List::stream);
    }

    /** Those of which it is still to be drawn whether they are learnt from or judged by. */
    public List<T> undecided() {
        return part(Parts.TRAIN).stream()
                .filter(each -> undecided.contains(each.name()))
                .toList();
    }

    /** Those that were drawn are judged by. */
    public void judge(Predicate<T> drawn) {
        List<T> train = part(Parts.TRAIN);
        parts.put(
                Parts.TRAIN,
                new ArrayList<>(train.stream().filter(drawn.negate()).toList()));
        parts.computeIfAbsent(Parts.VAL, p -> new ArrayList<>())
                .addAll(train.stream().filter(drawn).toList());
    }

    public void say(Remark.Kind kind, String text) {
        remarks.add(Remark.of(kind, text, List.of()));
    }

    /**
     * Says which are judged by though their texts are also learnt from.
     *
     * @param what that says of them, in one and in several
     */
    public void sayRepeated(String one, String several) {
        Set<String> learnt = part(Parts.TRAIN).stream().map(Entry::read).collect(Collectors.toSet());
        List<T> both = Stream.of(Parts.VAL, Parts.TEST)
                .flatMap(part -> part(part).stream())
                .filter(each -> learnt.contains(each.read()))
                .toList();
        if (both.isEmpty()) {
            return;
        }
        Map<String, String> rows = new LinkedHashMap<>();
        both.forEach(each -> rows.put(each.name(), each.fingerprint()));
        remarks.add(new Remark(
                Remark.Kind.LEARNT_AND_JUDGED,
                counted(both.size()) + (both.size() == 1 ? " that is" : " that are") + " judged by "
                        + (both.size() == 1 ? one : several) + ", such as "
                        + both.get(0).name()
                        + ": the score will look better than it is.",
                List.of(),
                Corrections.leavingOut(List.copyOf(rows.keySet())).withRows(rows)));
    }

    public List<Skipped> skipped() {
        return List.copyOf(skipped);
    }

    public List<Remark> remarks() {
        return List.copyOf(remarks);
    }

    /** Tells what was left out and what is to be said. */
    public void tell(Progress progress) {
        skipped.forEach(each -> progress.note("Left out: " + each.reason() + "."));
        remarks.forEach(remark -> progress.note(remark.text()));
    }

    /** Adds all that is in the parts. */
    public void print(Fingerprint out) {
        parts.forEach((part, all) -> {
            out.add(part.word());
            all.forEach(each -> each.add(out));
        });
    }
}
