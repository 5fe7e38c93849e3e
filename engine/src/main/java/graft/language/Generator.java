package graft.language;

import com.fasterxml.jackson.annotation.JsonProperty;
import graft.Refusal;
import graft.inference.OrtSession;
import graft.meaning.FixedInputs;
import graft.meaning.Reading;
import graft.onnx.Graph;
import graft.onnx.Model;
import graft.onnx.NetworkFile;
import graft.onnx.ValueInfo;
import graft.progress.Progress;
import graft.text.Pieces;
import graft.text.SpecialTokens;
import graft.text.TextEncoder;
import graft.text.TextInputs;
import graft.text.Tokenizer;
import graft.text.TokenizerFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Lets a network's file write on, through ONNX Runtime. */
public final class Generator {
    private Generator() {}

    /**
     * What is to be written.
     *
     * @param reading what the network's file leaves open
     * @param tokenizer a file, or a folder that holds one; empty: beside the network
     * @param most tokens
     * @param cache whether what tokens left behind is kept, where the network's file can take it
     */
    public record Plan(
            NetworkFile network,
            Reading reading,
            Optional<Path> tokenizer,
            String prompt,
            int most,
            Choice choice,
            boolean cache,
            int threads) {}

    /**
     * What was written.
     *
     * @param text without the prompt
     * @param tokens its numbers
     * @param stopped {@code end}: the network ended it; {@code length}: as many tokens as were asked for; {@code cancelled}
     * @param cache whether each token was read once
     */
    public record Generated(
            String prompt,
            @JsonProperty("prompt_tokens") int promptTokens,
            String text,
            List<Integer> tokens,
            String stopped,
            boolean cache,
            double seconds) {}

    /**
     * Writes on.
     *
     * @param letters gets each piece of text as soon as its letters are whole
     * @throws Refusal where the network writes no texts
     */
    public static Generated write(Plan plan, Consumer<String> letters, Progress progress) {
        long start = System.nanoTime();
        Path path = plan.network.path();
        Model model = FixedInputs.apply(path, plan.network.model(), plan.reading.inputs(), new ArrayList<>());
        TextInputs inputs = TextInputs.of(model.graph(), plan.reading.inputs().keySet());
        TokenizerFile file = TokenizerFile.of(path, plan.tokenizer, model.metadata());
        OptionalInt context = Context.of(path, inputs);
        TextEncoder encoder = TextEncoder.of(
                inputs,
                file,
                Optional.of(context.orElse(Integer.MAX_VALUE)).filter(most -> context.isPresent()),
                model.metadata());
        progress.stage("opening the network", 0, 0);
        try (OrtSession session = open(plan, model);
                Tokenizer tokenizer = Tokenizer.openWhole(file)) {
            int batch = batch(model.graph(), inputs);
            VocabularyScores scores = VocabularyScores.of(session, encoder, batch)
                    .filter(VocabularyScores::forwards)
                    .orElseThrow(
                            () -> new Refusal(
                                    path
                                            + " writes no text: it has no output that scores each token of its vocabulary by those before it."
                                            + " Give a network that reads from left to right, such as GPT-2, with its language model's head."));
            SpecialTokens special = SpecialTokens.of(file);
            int[] prompt = prompt(plan.prompt, tokenizer, special, file, progress);
            context.ifPresent(most -> {
                if (prompt.length > most) {
                    progress.note("The prompt has " + prompt.length + " tokens, and the network reads " + most
                            + " at once: its last " + most + " are gone on from.");
                }
            });
            Optional<Map<String, String>> presents =
                    plan.cache && inputs.fixedLength().isEmpty()
                            ? KeptPast.presents(inputs.past(), model.graph().outputNames())
                            : Optional.empty();
            NextScores next = presents.<NextScores>map(
                            given -> new KeptPast(session, encoder, scores.output(), context, given))
                    .orElseGet(() -> new WholeText(
                            encoder,
                            scores.output(),
                            context,
                            batch,
                            fed -> Map.of(scores.output(), session.run(session.taken(fed), scores.output()))));
            Writer.Written written =
                    Writer.on(prompt, plan.most, next, plan.choice, special, tokenizer, letters, progress::isCancelled);
            if (next.isWindowed() && context.isPresent() && prompt.length <= context.getAsInt()) {
                progress.note("The text grew longer than the " + context.getAsInt()
                        + " tokens that the network reads at once: from there on it went on from the last of them.");
            }
            return new Generated(
                    plan.prompt,
                    prompt.length,
                    written.text(),
                    written.tokens(),
                    written.stopped().name().toLowerCase(Locale.ROOT),
                    presents.isPresent(),
                    (System.nanoTime() - start) / 1e9);
        }
    }

    private static OrtSession open(Plan plan, Model model) {
        return plan.reading.inputs().isEmpty()
                ? OrtSession.open(plan.network.path(), plan.threads)
                : OrtSession.open(model, plan.threads);
    }

    /** Texts that the file fixes; 0 where it takes any number. */
    private static int batch(Graph graph, TextInputs inputs) {
        ValueInfo ids = inputs.infos().get(TextInputs.Role.IDS);
        return ids.shape()
                .filter(shape -> !shape.isEmpty() && shape.get(0).isFixed())
                .map(shape -> Math.toIntExact(shape.get(0).size()))
                .orElse(0);
    }

    private static int[] prompt(
            String text, Tokenizer tokenizer, SpecialTokens special, TokenizerFile file, Progress progress) {
        Pieces pieces = tokenizer.pieces(List.of(text), progress).get(0);
        int[] ids = Arrays.copyOf(pieces.ids(), pieces.ids().length - pieces.after());
        if (!text.isBlank() && !pieces.known()) {
            throw new Refusal("The tokenizer " + file.file() + " knows nothing of the prompt \"" + text
                    + "\", so that the network would go on from nothing. Is it a network for this language?");
        }
        if (ids.length > 0) {
            return ids;
        }
        return new int[] {
            special.end()
                    .orElseThrow(() -> new Refusal("The prompt is empty, and the tokenizer " + file.file()
                            + " has no token that begins a text. Give some words to go on from with --prompt."))
        };
    }
}
