package graft.tags;

import graft.data.Examples;
import graft.data.Fingerprint;
import graft.data.Places;
import graft.data.Targets;
import graft.onnx.ValueInfo;
import graft.onnx.Values;
import graft.progress.Progress;
import graft.text.Pieces;
import graft.text.Tokens;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Sentences as a network is fed them: an example for each window. */
final class TagExamples implements Examples {
    private final Places places;
    private final TagTargets targets;
    private final TagEncoder encoder;
    /** By window, how many of its sentence come before it. */
    private final int[] turn;

    private TagExamples(Places places, TagTargets targets, TagEncoder encoder, int[] turn) {
        this.places = places;
        this.targets = targets;
        this.encoder = encoder;
        this.turn = turn;
    }

    /**
     * How sentences fared that were cut.
     *
     * @param mute words of which the tokenizer leaves nothing
     * @param parted sentences in several windows
     * @param unknown sentences of which the network knows nothing
     * @param firstUnknown the first of these; "" where there are none
     */
    record Counts(int mute, int parted, int unknown, String firstUnknown) {
        Counts and(Counts other) {
            return new Counts(
                    mute + other.mute,
                    parted + other.parted,
                    unknown + other.unknown,
                    firstUnknown.isEmpty() ? other.firstUnknown : firstUnknown);
        }

        void tell(int all, int most, Progress progress) {
            if (parted > 0) {
                progress.note(parted + " of " + all + (all == 1 ? " sentence is" : " sentences are") + " longer than "
                        + most
                        + " tokens and read in windows that overlap; each word is tagged in the window that shows"
                        + " most of what stands around it. --max-length sets another limit.");
            }
            if (mute > 0) {
                progress.note("Of " + mute + (mute == 1 ? " word" : " words")
                        + " the tokenizer leaves nothing, so that they get the tag O: they are of control characters or the"
                        + " like.");
            }
            if (unknown > 0) {
                progress.note(unknown + (unknown == 1 ? " sentence consists" : " sentences consist")
                        + " only of words that the tokenizer does not know, such as " + firstUnknown
                        + ": for the network they are all alike. Is it a network for this language?");
            }
        }
    }

    /** Examples, and how they fared. */
    record Cut(TagExamples examples, Counts counts) {}

    static Cut of(Optional<Path> source, List<Sentence> sentences, TagEncoder encoder, Progress progress) {
        List<Pieces> pieces =
                encoder.texts().pieces(sentences.stream().map(Sentence::text).toList(), progress);
        List<Windows.Window> windows = new ArrayList<>();
        List<Integer> owner = new ArrayList<>();
        List<Integer> turn = new ArrayList<>();
        int mute = 0;
        int parted = 0;
        int unknown = 0;
        String first = "";
        for (int s = 0; s < sentences.size(); s++) {
            Windows cut =
                    Windows.of(sentences.get(s), pieces.get(s), encoder.texts().maxLength());
            mute += cut.mute();
            parted += cut.list().size() > 1 ? 1 : 0;
            if (!pieces.get(s).known()) {
                first = unknown == 0 ? sentences.get(s).name() : first;
                unknown++;
            }
            for (int w = 0; w < cut.list().size(); w++) {
                windows.add(fed(cut.list().get(w), encoder));
                owner.add(s);
                turn.add(w);
            }
        }
        TagTargets targets = TagTargets.equal(
                encoder.tags(),
                sentences,
                windows,
                owner.stream().mapToInt(i -> i).toArray(),
                encoder.texts().fixedLength());
        TagExamples out = new TagExamples(
                source.map(Places::new).orElseGet(Places::asNamed),
                targets,
                encoder,
                turn.stream().mapToInt(i -> i).toArray());
        return new Cut(out, new Counts(mute, parted, unknown, first));
    }

    /** Of no token a network can compute nothing. */
    private static Windows.Window fed(Windows.Window window, TagEncoder encoder) {
        return window.tokens().length() > 0
                ? window
                : new Windows.Window(encoder.texts().nothing(), window.places(), window.words());
    }

    /** The same for a network that answers with other tags. */
    TagExamples answeredBy(List<String> tags) {
        return new TagExamples(places, targets.answeredBy(tags), encoder.with(tags, encoder.words()), turn);
    }

    /** The first window of each sentence. */
    List<Tokens> beginnings() {
        return IntStream.range(0, size())
                .filter(i -> turn[i] == 0)
                .mapToObj(this::tokens)
                .toList();
    }

    private Sentence sentence(int i) {
        return targets.sentences().get(targets.sentence()[i]);
    }

    private Tokens tokens(int i) {
        return targets.windows().get(i).tokens();
    }

    @Override
    public int size() {
        return turn.length;
    }

    /** The windows of a sentence after its first have numbers. */
    @Override
    public String name(int i) {
        return sentence(i).name() + (turn[i] == 0 ? "" : " (window " + (turn[i] + 1) + ")");
    }

    @Override
    public String place(int i) {
        return places.of(sentence(i).name());
    }

    @Override
    public Optional<String> words(int i) {
        return Optional.of(sentence(i).text());
    }

    @Override
    public String preparing() {
        return "--tokenizer, --max-length";
    }

    @Override
    public String key(int i) {
        Fingerprint out = new Fingerprint();
        out.add(sentence(i).text());
        out.add(turn[i]);
        return out.hex();
    }

    @Override
    public Targets targets() {
        return targets;
    }

    /** Sentences have one view only. */
    @Override
    public Map<String, Values> inputs(int[] examples, long view) {
        return encoder.texts()
                .batch(Arrays.stream(examples).mapToObj(this::tokens).toList());
    }

    @Override
    public Examples fedTo(Path file, List<ValueInfo> inputs) {
        TagEncoder other = encoder.fedTo(inputs);
        return other == encoder
                ? this
                : new TagExamples(places, targets.ofLength(other.texts().fixedLength()), other, turn);
    }

    @Override
    public long bytes() {
        int longest = Arrays.stream(sizes()).max().orElse(0);
        return encoder.texts().gives().stream()
                .mapToLong(input -> (long) encoder.texts().fixedLength().orElse(longest)
                        * input.type().orElseThrow().bytes())
                .sum();
    }

    /** Tokens of each window; all one where the network's file fixes their number. */
    @Override
    public int[] sizes() {
        int[] out = new int[size()];
        for (int i = 0; encoder.texts().fixedLength().isEmpty() && i < out.length; i++) {
            out[i] = tokens(i).length();
        }
        return out;
    }
}
