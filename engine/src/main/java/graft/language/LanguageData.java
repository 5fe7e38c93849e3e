package graft.language;

import graft.Refusal;
import graft.data.DataSet;
import graft.data.Examples;
import graft.onnx.Model;
import graft.progress.Progress;
import graft.text.Documents;
import graft.text.Documents.Document;
import graft.text.SpecialTokens;
import graft.text.TextEncoder;
import graft.text.TextInputs;
import graft.text.TokenizerFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/** Texts as blocks for a network. */
public final class LanguageData {
    private static final int USUAL_BLOCK = 128;
    private static final int LEAST_BLOCK = 4;

    /** Other tokens are hidden in each of so many epochs. */
    private static final int VERSIONS = 8;
    /** What a head that a network is given answers by. */
    private static final String NEW = "logits";

    private LanguageData() {}

    /**
     * How texts go into a network.
     *
     * @param tokenizer a file, or a folder that holds one; empty: beside the network
     * @param block tokens of a block; 0: as many as the network reads at once, 128 at most
     * @param fixedInputs inputs that the user gave a value for
     * @param hidden share of the tokens that are hidden, where some are
     * @param seed of which
     */
    public record Feeding(Optional<Path> tokenizer, int block, Set<String> fixedInputs, double hidden, long seed) {}

    /** Blocks of which each token is to be said from those before it. */
    public static DataSet writtenOn(
            Documents texts, Path file, Model network, int fixedBatch, Feeding feeding, Progress progress) {
        BlockEncoder encoder = encoder(file, network, feeding, progress);
        Optional<VocabularyScores> scores = VocabularyScores.of(network, encoder.texts(), fixedBatch);
        if (scores.isEmpty()) {
            throw new Refusal(file + " has no output that scores each token of its vocabulary, [texts, tokens, "
                    + encoder.texts()
                            .inputs()
                            .embeddings()
                            .orElse(encoder.texts().file().vocabulary())
                    + "], so that it writes no text. Export the network with its language model's head"
                    + " (AutoModelForCausalLM), or choose another task with --task.");
        }
        if (!scores.get().forwards()) {
            throw new Refusal(
                    file + " reads in both directions: it sees the token that it would have to foresee. It can fill"
                            + " gaps, with --task fill-mask; for text-generation give a network that reads from left to right, such"
                            + " as GPT-2.");
        }
        Blocks.Cut cut = new Blocks.Cut(encoder.length(), false);
        return dataSet(
                texts,
                encoder,
                (part, some) -> BlockExamples.of(
                        texts.source(),
                        Blocks.of(texts, part, some, encoder.texts(), cut, progress),
                        encoder,
                        scores.get()),
                progress);
    }

    /**
     * Blocks of which some tokens are hidden, to be found out. A network without scores for its vocabulary is given some by its
     * task.
     */
    public static DataSet filled(
            Documents texts, Path file, Model network, int fixedBatch, Feeding feeding, Progress progress) {
        BlockEncoder encoder = encoder(file, network, feeding, progress);
        TextEncoder tokens = encoder.texts();
        Optional<VocabularyScores> scores = VocabularyScores.of(network, tokens, fixedBatch);
        if (scores.isPresent() && scores.get().forwards()) {
            throw new Refusal(
                    file + " reads from left to right: it knows nothing of what stands behind a gap. It can write on,"
                            + " with --task text-generation; for fill-mask give a network that reads in both directions, such as BERT.");
        }
        SpecialTokens special = SpecialTokens.of(tokens.file());
        int mask = special.mask()
                .orElseThrow(() -> new Refusal("The tokenizer " + tokens.file().file()
                        + " has no token for what is hidden ([MASK], <mask>), which fill-mask needs. Take a network that learnt"
                        + " to fill gaps, such as BERT, with its tokenizer."));
        TreeSet<Integer> spared = new TreeSet<>(special.numbers().values());
        spared.add(tokens.file().padding());
        int vocabulary = tokens.inputs().embeddings().orElse(tokens.file().vocabulary());
        String output = scores.map(VocabularyScores::output)
                .orElse(network.graph().outputNames().contains(NEW) ? "vocabulary_" + NEW : NEW);
        Blocks.Cut cut = new Blocks.Cut(encoder.length(), true);
        return dataSet(
                texts,
                encoder,
                (part, some) -> MaskedExamples.of(
                        texts.source(),
                        Blocks.of(texts, part, some, tokens, cut, progress),
                        encoder,
                        new MaskedExamples.Hiding(
                                mask,
                                spared,
                                tokens.file().vocabulary(),
                                feeding.hidden,
                                feeding.seed,
                                part.equals("train") ? VERSIONS : 1),
                        output,
                        scores.map(VocabularyScores::width).orElse(vocabulary)),
                progress);
    }

    private static BlockEncoder encoder(Path file, Model network, Feeding feeding, Progress progress) {
        TextInputs inputs = TextInputs.of(network.graph(), feeding.fixedInputs);
        TokenizerFile tokenizer = TokenizerFile.of(file, feeding.tokenizer, network.metadata());
        int block = block(file, inputs, feeding.block, network.metadata());
        return new BlockEncoder(TextEncoder.of(inputs, tokenizer, Optional.of(block), network.metadata()), block);
    }

    private static int block(Path file, TextInputs inputs, int wanted, Map<String, String> notes) {
        OptionalInt context = Context.of(file, inputs);
        if (inputs.fixedLength().isPresent()) {
            int fixed = inputs.fixedLength().getAsInt();
            if (wanted > 0 && wanted != fixed) {
                throw new Refusal("--block-size " + wanted + ": " + file + " fixes the number of tokens at " + fixed
                        + ". Leave the option out, or export the network with a free axis of tokens.");
            }
            return fixed;
        }
        if (wanted > 0) {
            if (context.isPresent() && wanted > context.getAsInt()) {
                throw new Refusal("--block-size " + wanted + " is more than " + file + " reads at once: "
                        + context.getAsInt() + " tokens. Choose at most that.");
            }
            if (wanted < LEAST_BLOCK) {
                throw new Refusal("--block-size " + wanted + " leaves hardly a token to foresee. Choose " + LEAST_BLOCK
                        + " at least.");
            }
            return wanted;
        }
        String noted = notes.get(BlockEncoder.BLOCK);
        if (noted != null && noted.matches("[0-9]{1,6}")) {
            return Integer.parseInt(noted);
        }
        return Math.min(USUAL_BLOCK, context.orElse(USUAL_BLOCK));
    }

    private interface Maker {
        Examples of(String part, List<Document> texts);
    }

    private static DataSet dataSet(Documents texts, BlockEncoder encoder, Maker maker, Progress progress) {
        Examples train = maker.of("train", texts.train());
        Examples val = maker.of("val", texts.val());
        Optional<Examples> test =
                texts.test().isEmpty() ? Optional.empty() : Optional.of(maker.of("test", texts.test()));
        progress.note("Texts are read in blocks of " + encoder.length() + " tokens: "
                + train.size() / train.targets().versions() + " to learn from, " + val.size() + " to judge by"
                + test.map(some -> ", " + some.size() + " to judge once at the end")
                        .orElse("")
                + ". --block-size sets another length.");
        return new DataSet(
                texts.source(),
                List.of(),
                train,
                val,
                test,
                encoder,
                texts.skipped(),
                texts.remarks(),
                texts.fingerprint());
    }
}
