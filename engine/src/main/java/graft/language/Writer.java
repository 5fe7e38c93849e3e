package graft.language;

import graft.text.SpecialTokens;
import graft.text.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Writes on: one token after the other, each chosen by the scores after those before it. */
final class Writer {
    private Writer() {}

    /**
     * What was written.
     *
     * @param tokens their numbers, without the one that ends a text
     * @param stopped why it ends there
     */
    record Written(List<Integer> tokens, String text, Stop stopped) {}

    /** Why a text ends. */
    enum Stop {
        /** The network ended it. */
        END,
        /** There are as many tokens as were asked for. */
        LENGTH,
        CANCELLED
    }

    /**
     * @param prompt tokens to go on from, at least one
     * @param most tokens that are written
     * @param letters gets each piece of text as soon as its letters are whole
     */
    static Written on(
            int[] prompt,
            int most,
            NextScores scores,
            Choice choice,
            SpecialTokens special,
            Tokenizer tokenizer,
            Consumer<String> letters,
            BooleanSupplier cancelled) {
        Choice.Chooser chooser = choice.chooser();
        Letters stream = new Letters(tokenizer, prompt);
        StringBuilder text = new StringBuilder();
        List<Integer> written = new ArrayList<>();
        int[] ids = prompt;
        Stop stopped = Stop.LENGTH;
        while (written.size() < most) {
            if (cancelled.getAsBoolean()) {
                stopped = Stop.CANCELLED;
                break;
            }
            int next = chooser.next(scores.after(ids), WholeText.boxed(ids));
            // What begins texts ends this one too: networks learn texts one after the other.
            if (special.end().isPresent() && special.end().getAsInt() == next
                    || special.begins().contains(next)) {
                stopped = Stop.END;
                break;
            }
            written.add(next);
            ids = Arrays.copyOf(ids, ids.length + 1);
            ids[ids.length - 1] = next;
            say(stream.add(next), text, letters);
        }
        say(stream.rest(), text, letters);
        return new Written(List.copyOf(written), text.toString(), stopped);
    }

    private static void say(String piece, StringBuilder text, Consumer<String> letters) {
        if (!piece.isEmpty()) {
            text.append(piece);
            letters.accept(piece);
        }
    }
}
