package graft.text;

/**
 * A text as numbers of a vocabulary, with what the network wants around it.
 *
 * @param ids the numbers
 * @param types 0 for the first text, 1 for the second of a pair
 * @param truncated whether the text was longer than a network may read, and its end is missing
 * @param unknown whether nothing of the text is in the vocabulary
 */
public record Tokens(int[] ids, int[] types, boolean truncated, boolean unknown) {
    public int length() {
        return ids.length;
    }
}
