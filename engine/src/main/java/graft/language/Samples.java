package graft.language;

import graft.data.DataSet;
import graft.judge.Showing;
import graft.progress.Event;
import graft.text.SpecialTokens;
import graft.text.TextEncoder;
import graft.text.Tokenizer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Lets a network write on from the beginning of a text that it does not learn from: before it learns, and after each epoch. */
public final class Samples implements Showing {
    private static final int PROMPT = 16;
    private static final int TOKENS = 48;

    private final TextEncoder encoder;
    private final TokenTargets targets;
    private final int[] prompt;
    private final int room;
    private final Choice choice;
    private final SpecialTokens special;

    private Samples(TextEncoder encoder, TokenTargets targets, int[] prompt, int room, long seed) {
        this.encoder = encoder;
        this.targets = targets;
        this.prompt = prompt;
        this.room = room;
        this.choice = new Choice(0.8, 40, 1, 1, seed);
        this.special = SpecialTokens.of(encoder.file());
    }

    /** Of data that are blocks of tokens; the beginning of the first block that is judged by is what is gone on from. */
    public static Optional<Showing> of(DataSet data, long seed) {
        if (!(data.val() instanceof BlockExamples judged)) {
            return Optional.empty();
        }
        int[] block = judged.ids(0);
        int[] prompt = Arrays.copyOf(block, Math.min(PROMPT, Math.max(1, block.length / 2)));
        return Optional.of(new Samples(
                judged.encoder().texts(),
                TokenTargets.of(judged),
                prompt,
                Math.min(TOKENS, judged.encoder().length() - prompt.length),
                seed));
    }

    @Override
    public List<Event> shown(int epoch, Answering network) {
        try (Tokenizer tokenizer = Tokenizer.openWhole(encoder.file())) {
            NextScores scores = new WholeText(encoder, targets.output(), OptionalInt.empty(), 0, network);
            Writer.Written written =
                    Writer.on(prompt, room, scores, choice, special, tokenizer, piece -> {}, () -> false);
            return List.of(new Sample(epoch, tokenizer.decode(prompt), written.text()));
        }
    }
}
