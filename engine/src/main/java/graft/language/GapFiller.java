package graft.language;

import graft.Refusal;
import graft.inference.OrtSession;
import graft.meaning.FixedInputs;
import graft.meaning.Reading;
import graft.onnx.Model;
import graft.onnx.NetworkFile;
import graft.onnx.Values;
import graft.progress.Progress;
import graft.text.Pieces;
import graft.text.SpecialTokens;
import graft.text.TextEncoder;
import graft.text.TextInputs;
import graft.text.Tokenizer;
import graft.text.TokenizerFile;
import graft.text.Tokens;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Says what a network's file would put into the gaps of a text, through ONNX Runtime. */
public final class GapFiller {
    /** How a gap may be written, whatever the vocabulary's own token for it is called. */
    public static final String GAP = "[MASK]";

    private GapFiller() {}

    /**
     * What is to be filled.
     *
     * @param text with a {@link #GAP}, or the vocabulary's own token for it, for each token that is hidden
     * @param tokenizer a file, or a folder that holds one; empty: beside the network
     * @param top so many candidates for each gap
     */
    public record Plan(
            NetworkFile network, Reading reading, Optional<Path> tokenizer, String text, int top, int threads) {}

    /** A token with its probability, 0…1, among all of the vocabulary. */
    public record Candidate(String token, double probability) {}

    /** What fits into a gap, the likeliest first. */
    public record Gap(List<Candidate> candidates) {}

    /**
     * What was found.
     *
     * @param gaps in the order of the text
     * @param filled the text with the likeliest token in each
     */
    public record Filled(String text, List<Gap> gaps, String filled) {}

    /** @throws Refusal where the network fills no gaps, or the text has none */
    public static Filled fill(Plan plan, Progress progress) {
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
        SpecialTokens special = SpecialTokens.of(file);
        int mask = special.mask()
                .orElseThrow(
                        () -> new Refusal(
                                "The tokenizer " + file.file()
                                        + " has no token for gaps, such as [MASK]: its network fills none. `graft generate` lets one write on."));
        String own = special.numbers().entrySet().stream()
                .filter(each -> each.getValue() == mask)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(GAP);
        progress.stage("opening the network", 0, 0);
        try (OrtSession session = OrtSession.open(model, plan.threads);
                Tokenizer tokenizer = Tokenizer.openWhole(file)) {
            VocabularyScores scores = VocabularyScores.of(session, encoder, 0)
                    .filter(found -> !found.forwards())
                    .orElseThrow(
                            () -> new Refusal(
                                    path + " fills no gaps: it has no output that scores each token of its"
                                            + " vocabulary by those on both sides. Train it with --task fill-mask first, which gives it one."));
            Pieces pieces = tokenizer
                    .pieces(List.of(plan.text.replace(GAP, own)), progress)
                    .get(0);
            int[] places = IntStream.range(0, pieces.ids().length)
                    .filter(i -> pieces.ids()[i] == mask)
                    .toArray();
            if (places.length == 0) {
                throw new Refusal("The text \"" + plan.text + "\" has no gap to be filled. Write " + own
                        + " in the place of a word.");
            }
            if (context.isPresent() && pieces.ids().length > context.getAsInt()) {
                throw new Refusal("The text has " + pieces.ids().length + " tokens, and " + path + " reads "
                        + context.getAsInt() + " at once. Give it a shorter one.");
            }
            Tokens tokens = new Tokens(pieces.ids(), pieces.types(), false, !pieces.known());
            Values said = session.run(session.taken(encoder.batch(List.of(tokens))), scores.output());
            List<Gap> gaps = new ArrayList<>();
            for (int place : places) {
                gaps.add(new Gap(best(WholeText.row(said, place), plan.top, tokenizer)));
            }
            return new Filled(plan.text, List.copyOf(gaps), filled(plan.text, own, gaps));
        }
    }

    private static List<Candidate> best(float[] scores, int top, Tokenizer tokenizer) {
        double most = IntStream.range(0, scores.length)
                .mapToDouble(i -> scores[i])
                .max()
                .orElseThrow();
        double all = IntStream.range(0, scores.length)
                .mapToDouble(i -> Math.exp(scores[i] - most))
                .sum();
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -scores[i]).thenComparing(Comparator.naturalOrder()))
                .limit(top)
                .map(i -> new Candidate(tokenizer.decode(new int[] {i}).strip(), Math.exp(scores[i] - most) / all))
                .collect(Collectors.toUnmodifiableList());
    }

    private static String filled(String text, String own, List<Gap> gaps) {
        String out = text.replace(GAP, own);
        StringBuilder all = new StringBuilder();
        int at = 0;
        for (Gap gap : gaps) {
            int next = out.indexOf(own, at);
            all.append(out, at, next).append(gap.candidates().get(0).token());
            at = next + own.length();
        }
        return all.append(out.substring(at)).toString();
    }
}
