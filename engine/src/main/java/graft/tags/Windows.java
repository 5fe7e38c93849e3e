package graft.tags;

import graft.text.Pieces;
import graft.text.Tokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A sentence as a network reads it: whole, or in windows that overlap where it is longer than a network can read. A word's tag is
 * that of its first piece, in the one window that shows most of what stands around it.
 */
public record Windows(List<Window> list, int mute) {
    /** How much of a window the next one has too. */
    private static final int OVERLAP = 4;

    /**
     * A part of a sentence.
     *
     * @param places of tokens that answer for a word
     * @param words numbers of these words
     */
    public record Window(Tokens tokens, int[] places, int[] words) {}

    /**
     * @param most tokens that a network reads at once, those around a text included
     * @return with {@code mute} words of which the tokenizer leaves nothing
     */
    static Windows of(Sentence sentence, Pieces pieces, int most) {
        int[] firsts = firsts(sentence, pieces);
        int room = Math.max(1, most - pieces.before() - pieces.after());
        int count = pieces.inside();
        List<Integer> starts = new ArrayList<>(List.of(0));
        int step = Math.max(1, room - room / OVERLAP);
        for (int start = step; starts.get(starts.size() - 1) + room < count; start += step) {
            starts.add(Math.min(start, count - room));
        }
        List<Window> out = new ArrayList<>();
        int[] home =
                Arrays.stream(firsts).map(first -> home(first, starts, room)).toArray();
        for (int w = 0; w < starts.size(); w++) {
            int window = w;
            int start = starts.get(w);
            int[] words = IntStream.range(0, firsts.length)
                    .filter(word -> home[word] == window)
                    .toArray();
            int[] places = Arrays.stream(words)
                    .map(word -> firsts[word] - start + pieces.before())
                    .toArray();
            out.add(new Window(pieces.window(start, Math.min(count, start + room)), places, words));
        }
        return new Windows(
                out, (int) Arrays.stream(firsts).filter(first -> first < 0).count());
    }

    /** The first piece of each word, counted without what stands around the text; −1 where none is of it. */
    private static int[] firsts(Sentence sentence, Pieces pieces) {
        int[] out = new int[sentence.words()];
        Arrays.fill(out, -1);
        int word = 0;
        for (int i = 0; i < pieces.inside() && word < out.length; i++) {
            int begin = pieces.from()[i];
            int end = pieces.to()[i];
            while (word < out.length && sentence.to()[word] <= begin) {
                word++;
            }
            // A piece may begin with the blank before its word, or be nothing but that.
            if (word < out.length && out[word] < 0 && begin < end && sentence.from()[word] < end) {
                out[word] = i;
            }
        }
        return out;
    }

    private static int home(int piece, List<Integer> starts, int room) {
        int best = -1;
        int most = -1;
        for (int w = 0; piece >= 0 && w < starts.size(); w++) {
            int around = Math.min(piece - starts.get(w), starts.get(w) + room - 1 - piece);
            if (around > most) {
                most = around;
                best = w;
            }
        }
        return best;
    }
}
