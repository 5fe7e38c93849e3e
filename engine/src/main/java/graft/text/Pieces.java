package graft.text;

import java.util.Arrays;

/**
 * A whole text as numbers of a vocabulary, however long, with the place of each in the text.
 *
 * @param ids of all tokens, those around the text included
 * @param types of all tokens
 * @param before how many tokens stand before the text
 * @param after how many stand behind it
 * @param from where each token of the text begins in it, in {@code char}s of Java
 * @param to where it ends
 * @param known whether anything of the text is in the vocabulary
 */
public record Pieces(int[] ids, int[] types, int before, int after, int[] from, int[] to, boolean known) {
    /** How many tokens are of the text. */
    public int inside() {
        return ids.length - before - after;
    }

    /** Some tokens of the text with what stands around it. */
    public Tokens window(int begin, int end) {
        return new Tokens(cut(ids, begin, end), cut(types, begin, end), false, !known);
    }

    private int[] cut(int[] all, int begin, int end) {
        int[] out = new int[before + end - begin + after];
        System.arraycopy(all, 0, out, 0, before);
        System.arraycopy(all, before + begin, out, before, end - begin);
        System.arraycopy(all, all.length - after, out, out.length - after, after);
        return out;
    }

    @Override
    public String toString() {
        return Arrays.toString(ids);
    }
}
