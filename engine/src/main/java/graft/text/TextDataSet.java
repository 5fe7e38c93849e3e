package graft.text;

import graft.Refusal;
import graft.data.DataSet;
import graft.data.Examples;
import graft.data.FileNames;
import graft.onnx.Model;
import graft.progress.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Labelled texts as examples for a network. */
public final class TextDataSet {
    private TextDataSet() {}

    /**
     * How texts go into a network.
     *
     * @param tokenizer a file, or a folder that holds one; empty: beside the network
     * @param maxLength the most tokens that a text may have; empty: as the network's file notes it, or 128
     * @param fixedInputs inputs that the user gave a value for
     */
    public record Feeding(Optional<Path> tokenizer, Optional<Integer> maxLength, Set<String> fixedInputs) {
        public static final Feeding USUAL = new Feeding(Optional.empty(), Optional.empty(), Set.of());
    }

    /** An encoder for a network. */
    public static TextEncoder encoder(Path file, Model network, Feeding feeding) {
        return encoder(file, network, feeding, TextEncoder.USUAL_LENGTH);
    }

    /** @param usual the most tokens, where neither the user nor the network's file says another number */
    public static TextEncoder encoder(Path file, Model network, Feeding feeding, int usual) {
        TextInputs inputs = TextInputs.of(network.graph(), feeding.fixedInputs());
        TokenizerFile tokenizer = TokenizerFile.of(file, feeding.tokenizer(), network.metadata());
        return TextEncoder.of(inputs, tokenizer, feeding.maxLength(), usual, network.metadata());
    }

    /**
     * Opens labelled texts for a network ({@link TextData#open}) and cuts them into tokens. What is assumed is told to
     * {@code progress}.
     *
     * @param file the network's
     * @throws graft.Refusal for data that cannot be learnt from, a network that reads no texts, or another's tokenizer
     */
    public static DataSet open(
            Path source, Path file, Model network, TextOptions options, Feeding feeding, Progress progress) {
        TextEncoder fed = encoder(file, network, feeding);
        TextData data = TextData.open(source, options, progress);
        TextEncoder encoder =
                fed.ofPairs(data.train().stream().anyMatch(text -> text.pair().isPresent()));
        encoder.file().notes().forEach(progress::note);
        try (encoder) {
            return new DataSet(
                    source,
                    data.classes(),
                    examples(data, data.train(), encoder, progress),
                    examples(data, data.val(), encoder, progress),
                    data.test().isEmpty()
                            ? Optional.empty()
                            : Optional.of(examples(data, data.test(), encoder, progress)),
                    encoder,
                    data.skipped(),
                    data.remarks(),
                    data.fingerprint());
        }
    }

    /** Texts of which nothing is known, as a network's file takes them. */
    public static Examples loose(List<TextExample> texts, Path file, Model network, Progress progress) {
        try (TextEncoder encoder = encoder(file, network, Feeding.USUAL)) {
            return EncodedTexts.unlabelled(texts, encoder.encode(texts, progress), encoder);
        }
    }

    /** Why a file cannot be learnt from as one text; empty where it can. */
    public static Optional<String> whyNoText(Path file) {
        if (!FileNames.last(file).toLowerCase(Locale.ROOT).endsWith(".txt")) {
            return Optional.of("it is no .txt file");
        }
        try {
            read(file, note -> {});
            return Optional.empty();
        } catch (Refusal e) {
            return Optional.of(e.getMessage());
        }
    }

    /** The one text of a file. */
    public static TextExample read(Path file, Progress progress) {
        if (TableKind.of(file).isPresent()) {
            throw new Refusal(file + " is a table, and one text is asked about at a time. Give a .txt file, or type the"
                    + " text; `graft predict` answers every row of a table.");
        }
        List<String> notes = new ArrayList<>();
        String text = TextEncoding.text(file, notes);
        notes.forEach(progress::note);
        if (text.isBlank()) {
            throw new Refusal(file + " holds no text. Choose another file.");
        }
        return new TextExample(FileNames.last(file), text, Optional.empty(), -1);
    }

    private static Examples examples(TextData data, List<TextExample> texts, TextEncoder encoder, Progress progress) {
        return EncodedTexts.of(data.source(), texts, data.classes().size(), encoder, progress);
    }
}
