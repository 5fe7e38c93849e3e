package graft.tags;

import java.util.ArrayList;
import java.util.List;

/**
 * A run of words that its tags say is one entity.
 *
 * @param type of the entity; {@code _} where tags name none
 * @param first number of its first word
 * @param last number of its last word
 */
public record Chunk(String type, int first, int last) {
    /** The tag of what is no entity. */
    public static final String OUTSIDE = "O";

    /** The type of an entity whose tags name none. */
    private static final String NAMELESS = "_";

    /**
     * The entities of a sequence of tags in IOB1, IOB2 or IOBES, whole or broken: as {@code conlleval} and seqeval's default mode
     * find them (Tjong Kim Sang and Buchholz 2000), by which an {@code I-} after another type begins an entity.
     */
    public static List<Chunk> of(List<String> tags) {
        List<Chunk> out = new ArrayList<>();
        char before = 'O';
        String typeBefore = "";
        int first = 0;
        for (int i = 0; i <= tags.size(); i++) {
            String tag = i < tags.size() ? tags.get(i) : OUTSIDE;
            char place = tag.charAt(0);
            String type = type(tag);
            boolean other = !type.equals(typeBefore);
            if (ends(before, place) || before != 'O' && other) {
                out.add(new Chunk(typeBefore, first, i - 1));
            }
            if (begins(before, place) || place != 'O' && other) {
                first = i;
            }
            before = place;
            typeBefore = type;
        }
        return out;
    }

    /** What stands behind the place. */
    static String type(String tag) {
        String rest = tag.substring(1);
        String type = rest.startsWith("-") ? rest.substring(1) : rest;
        return type.isEmpty() ? NAMELESS : type;
    }

    private static boolean ends(char before, char place) {
        return switch (before) {
            case 'E', 'S' -> true;
            case 'B', 'I' -> place == 'B' || place == 'S' || place == 'O';
            default -> false;
        };
    }

    private static boolean begins(char before, char place) {
        return switch (place) {
            case 'B', 'S' -> true;
            case 'I', 'E' -> before == 'E' || before == 'S' || before == 'O';
            default -> false;
        };
    }

    /** The same entities as tags in IOB2, for so many words. */
    static List<String> asIob2(List<Chunk> chunks, int words) {
        List<String> out = new ArrayList<>(java.util.Collections.nCopies(words, OUTSIDE));
        for (Chunk chunk : chunks) {
            for (int i = chunk.first; i <= chunk.last; i++) {
                out.set(i, (i == chunk.first ? "B-" : "I-") + chunk.type);
            }
        }
        return out;
    }

    boolean overlaps(Chunk other) {
        return first <= other.last && other.first <= last;
    }
}
