package graft.text;

import graft.data.ClassTargets;
import graft.data.Examples;
import graft.data.Fingerprint;
import graft.data.Places;
import graft.data.Targets;
import graft.onnx.ValueInfo;
import graft.onnx.Values;
import graft.progress.Progress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Labelled texts as a network is fed them, cut into tokens once. */
final class EncodedTexts implements Examples {
    private final Places places;
    private final List<TextExample> texts;
    private final List<Tokens> tokens;
    private final Targets targets;
    private final TextEncoder encoder;

    private EncodedTexts(
            Places places, List<TextExample> texts, List<Tokens> tokens, Targets targets, TextEncoder encoder) {
        this.places = places;
        this.texts = texts;
        this.tokens = tokens;
        this.targets = targets;
        this.encoder = encoder;
    }

    static EncodedTexts of(Path source, List<TextExample> texts, int classes, TextEncoder encoder, Progress progress) {
        int[] labels = texts.stream().mapToInt(TextExample::label).toArray();
        return new EncodedTexts(
                new Places(source),
                texts,
                encoder.encode(texts, progress),
                ClassTargets.equal(labels, classes),
                encoder);
    }

    /** Texts that nobody has labelled, named by their places. */
    static EncodedTexts unlabelled(List<TextExample> texts, List<Tokens> tokens, TextEncoder encoder) {
        return new EncodedTexts(Places.asNamed(), texts, tokens, ClassTargets.equal(new int[texts.size()], 1), encoder);
    }

    @Override
    public int size() {
        return texts.size();
    }

    @Override
    public String name(int i) {
        return texts.get(i).name();
    }

    @Override
    public String place(int i) {
        return places.of(name(i));
    }

    @Override
    public Optional<String> words(int i) {
        return Optional.of(texts.get(i).words());
    }

    @Override
    public String preparing() {
        return "--tokenizer, --max-length";
    }

    @Override
    public String key(int i) {
        Fingerprint fingerprint = new Fingerprint();
        fingerprint.add(texts.get(i).text());
        texts.get(i).pair().ifPresent(fingerprint::add);
        return fingerprint.hex();
    }

    @Override
    public Targets targets() {
        return targets;
    }

    /** Texts have one view only. */
    @Override
    public Map<String, Values> inputs(int[] examples, long view) {
        return encoder.batch(Arrays.stream(examples).mapToObj(tokens::get).toList());
    }

    @Override
    public Examples fedTo(Path file, List<ValueInfo> inputs) {
        TextEncoder other = encoder.fedTo(inputs);
        return other == encoder ? this : new EncodedTexts(places, texts, tokens, targets, other);
    }

    @Override
    public long bytes() {
        int longest = encoder.fixedLength()
                .orElseGet(() -> tokens.stream().mapToInt(Tokens::length).max().orElse(0));
        return encoder.gives().stream()
                .mapToLong(input -> (long) longest * input.type().orElseThrow().bytes())
                .sum();
    }

    /** Tokens of each text, those around it included; all one where the network's file fixes their number. */
    @Override
    public int[] sizes() {
        return encoder.fixedLength().isPresent()
                ? new int[size()]
                : tokens.stream().mapToInt(Tokens::length).toArray();
    }
}
