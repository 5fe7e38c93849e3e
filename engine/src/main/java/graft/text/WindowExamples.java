package graft.text;

import graft.data.Examples;
import graft.data.Fingerprint;
import graft.data.Targets;
import graft.onnx.ValueInfo;
import graft.onnx.Values;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Texts as a network is fed them that answers for their tokens: an example for each window. */
public final class WindowExamples implements Examples {
    /** What windows are of. */
    public interface Whole {
        String name();

        /** Where the user finds it. */
        String place();

        /** Those that are read together. */
        List<String> texts();
    }

    private final List<? extends Whole> wholes;
    private final WindowTargets targets;
    private final TextEncoder encoder;
    private final String preparing;
    /** By window, how many of its text come before it. */
    private final int[] turn;

    private WindowExamples(
            List<? extends Whole> wholes, WindowTargets targets, TextEncoder encoder, String preparing, int[] turn) {
        this.wholes = wholes;
        this.targets = targets;
        this.encoder = encoder;
        this.preparing = preparing;
        this.turn = turn;
    }

    /**
     * @param windows how many there are
     * @param wholes what they are of, by the numbers that the targets give
     * @param preparing options that say how they are cut, for messages
     */
    public static WindowExamples of(
            int windows, List<? extends Whole> wholes, WindowTargets targets, TextEncoder encoder, String preparing) {
        int[] turn = new int[windows];
        for (int i = 1; i < windows; i++) {
            turn[i] = targets.owner(i) == targets.owner(i - 1) ? turn[i - 1] + 1 : 0;
        }
        return new WindowExamples(wholes, targets, encoder, preparing, turn);
    }

    /** The first window of each text. */
    public List<Tokens> beginnings() {
        return IntStream.range(0, size())
                .filter(i -> turn[i] == 0)
                .mapToObj(targets::tokens)
                .toList();
    }

    private Whole whole(int i) {
        return wholes.get(targets.owner(i));
    }

    @Override
    public int size() {
        return turn.length;
    }

    @Override
    public int wholes() {
        return (int) Arrays.stream(turn).filter(each -> each == 0).count();
    }

    /** The windows of a text after its first have numbers. */
    @Override
    public String name(int i) {
        return whole(i).name() + (turn[i] == 0 ? "" : " (window " + (turn[i] + 1) + ")");
    }

    @Override
    public String place(int i) {
        return whole(i).place();
    }

    @Override
    public Optional<String> words(int i) {
        return Optional.of(String.join("\n", whole(i).texts()));
    }

    @Override
    public String preparing() {
        return preparing;
    }

    @Override
    public String key(int i) {
        Fingerprint out = new Fingerprint();
        whole(i).texts().forEach(out::add);
        out.add(turn[i]);
        return out.hex();
    }

    @Override
    public Targets targets() {
        return targets;
    }

    @Override
    public Examples withTargets(Targets others) {
        return others instanceof WindowTargets windows
                ? new WindowExamples(wholes, windows, encoder, preparing, turn)
                : Examples.super.withTargets(others);
    }

    /** Texts have one view only. */
    @Override
    public Map<String, Values> inputs(int[] examples, long view) {
        return encoder.batch(Arrays.stream(examples).mapToObj(targets::tokens).toList());
    }

    @Override
    public Examples fedTo(Path file, List<ValueInfo> inputs) {
        TextEncoder other = encoder.fedTo(inputs);
        return other == encoder
                ? this
                : new WindowExamples(wholes, targets.ofLength(other.fixedLength()), other, preparing, turn);
    }

    @Override
    public long bytes() {
        int longest = targets.longest(IntStream.range(0, size()).toArray());
        return encoder.gives().stream()
                .mapToLong(input -> (long) longest * input.type().orElseThrow().bytes())
                .sum();
    }

    /** Tokens of each window; all one where the network's file fixes their number. */
    @Override
    public int[] sizes() {
        return encoder.fixedLength().isPresent()
                ? new int[size()]
                : IntStream.range(0, size())
                        .map(i -> targets.tokens(i).length())
                        .toArray();
    }
}
