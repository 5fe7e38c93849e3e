package graft.tags;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The ways in which tags say where an entity begins and ends. */
enum Scheme {
    /** {@code B-} only where an entity follows another one of its type (Ramshaw and Marcus 1995). */
    IOB1("IOB1, where B- only stands between two entities of one type that touch"),
    /** Every entity begins with {@code B-}. */
    IOB2("IOB2, where B- begins each entity"),
    /** Beginning, inside, end, and {@code S-} for an entity of one word; BILOU and BMES are the same in other letters. */
    BIOES("BIOES, where B- begins and E- ends an entity, and S- is one of a single word");

    private static final Pattern TAG = Pattern.compile("O|[BIESLUM](-.+)?", Pattern.DOTALL);

    private final String words;

    Scheme(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    static boolean isTag(String tag) {
        return TAG.matcher(tag).matches();
    }

    /** The same tag in the letters of IOBES. */
    static String plain(String tag) {
        String place =
                switch (tag.charAt(0)) {
                    case 'L' -> "E";
                    case 'U' -> "S";
                    case 'M' -> "I";
                    default -> tag.substring(0, 1);
                };
        return place + tag.substring(1);
    }

    /** Tags of IOB2 in the scheme of others that a network knows. */
    static List<String> spelled(List<String> tags, Set<String> known) {
        boolean ends = known.stream().anyMatch(tag -> tag.startsWith("E") || tag.startsWith("S"));
        List<String> out = new ArrayList<>(tags);
        for (Chunk chunk : ends || !known.containsAll(tags) ? Chunk.of(tags) : List.<Chunk>of()) {
            for (int i = chunk.first(); i <= chunk.last(); i++) {
                String place =
                        chunk.first() == chunk.last() ? "S" : i == chunk.first() ? "B" : i == chunk.last() ? "E" : "I";
                String tag = place + "-" + chunk.type();
                out.set(i, known.contains(tag) ? tag : known.contains(out.get(i)) ? out.get(i) : "I-" + chunk.type());
            }
        }
        return out;
    }

    /** The one that the tags of some sentences follow, in plain letters; where several would do, the first of IOB2, IOB1. */
    static Scheme of(List<List<String>> sentences) {
        long begun = 0;
        long bare = 0;
        for (List<String> tags : sentences) {
            String before = Chunk.OUTSIDE;
            for (String tag : tags) {
                if (tag.startsWith("E") || tag.startsWith("S")) {
                    return BIOES;
                }
                begun += tag.startsWith("B") && !goesOn(before, tag) ? 1 : 0;
                bare += tag.startsWith("I") && !goesOn(before, tag) ? 1 : 0;
                before = tag;
            }
        }
        return bare > begun ? IOB1 : IOB2;
    }

    /** Whether a tag before is of an entity of the same type. */
    private static boolean goesOn(String before, String tag) {
        return !before.equals(Chunk.OUTSIDE) && Chunk.type(before).equals(Chunk.type(tag));
    }

    /** What is wrong with a tag where it stands; empty where nothing is. */
    Optional<String> fault(String before, String tag) {
        boolean inside = goesOn(before, tag);
        boolean open = inside && !before.startsWith("E") && !before.startsWith("S");
        String after = before.equals(Chunk.OUTSIDE) ? "no entity" : before;
        return switch (this) {
            case IOB1 ->
                tag.startsWith("B") && !inside ? Optional.of(tag + " begins what touches no entity") : Optional.empty();
            case IOB2 -> tag.startsWith("I") && !inside ? Optional.of(tag + " follows " + after) : Optional.empty();
            case BIOES ->
                (tag.startsWith("I") || tag.startsWith("E")) && !open
                        ? Optional.of(tag + " follows " + after)
                        : isOpen(before) && (!inside || tag.startsWith("B") || tag.startsWith("S"))
                                ? Optional.of(before + " is not ended")
                                : Optional.empty();
        };
    }

    private static boolean isOpen(String tag) {
        return tag.startsWith("B") || tag.startsWith("I");
    }

    @Override
    public String toString() {
        return name().toUpperCase(Locale.ROOT);
    }
}
