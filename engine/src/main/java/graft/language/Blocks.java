package graft.language;

import graft.Refusal;
import graft.progress.Progress;
import graft.text.Documents;
import graft.text.Documents.Document;
import graft.text.Pieces;
import graft.text.SpecialTokens;
import graft.text.TextEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * Texts one after the other, cut into blocks of one length without padding, as Hugging Face's {@code run_clm} cuts them; what is left
 * at the end is too short and falls away.
 *
 * @param ids of each block
 * @param names what the user calls them: by the text that each begins in
 * @param left tokens that fell away
 */
record Blocks(List<int[]> ids, List<String> names, int left) {
    private static final int AT_ONCE = 64;

    /**
     * How tokens of texts become blocks.
     *
     * @param length of a block
     * @param wrapped whether what the tokenizer puts around a text stands around each block, and not around each text
     */
    record Cut(int length, boolean wrapped) {}

    /** @throws Refusal where there is no whole block */
    static Blocks of(
            Documents source, String part, List<Document> texts, TextEncoder encoder, Cut cut, Progress progress) {
        OptionalInt end = SpecialTokens.of(encoder.file()).end();
        Stream stream = new Stream();
        int[] before = new int[0];
        int[] after = new int[0];
        for (int from = 0; from < texts.size(); from += AT_ONCE) {
            List<Document> some = texts.subList(from, Math.min(texts.size(), from + AT_ONCE));
            List<Pieces> pieces =
                    encoder.pieces(some.stream().map(Document::text).toList(), progress);
            for (int i = 0; i < some.size(); i++) {
                Pieces each = pieces.get(i);
                before = Arrays.copyOf(each.ids(), each.before());
                after = Arrays.copyOfRange(each.ids(), each.ids().length - each.after(), each.ids().length);
                stream.add(some.get(i).name(), cut.wrapped ? inside(each) : ended(each.ids(), end));
                if (cut.wrapped && !(from + i == texts.size() - 1) && after.length > 0) {
                    stream.add(some.get(i).name(), after);
                }
            }
        }
        int room = cut.length - (cut.wrapped ? before.length + after.length : 0);
        int count = room < 1 ? 0 : stream.size / room;
        if (count == 0) {
            throw new Refusal(source.source() + ": the part " + part + " has " + stream.size
                    + " tokens, too few for one block of " + room
                    + ". Give more text, or choose a smaller --block-size.");
        }
        List<int[]> ids = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int b = 0; b < count; b++) {
            int[] own = Arrays.copyOfRange(stream.ids, b * room, (b + 1) * room);
            ids.add(cut.wrapped ? joined(before, own, after) : own);
            names.add(stream.name(b * room));
        }
        return new Blocks(ids, numbered(names), stream.size - count * room);
    }

    private static int[] inside(Pieces text) {
        return Arrays.copyOfRange(text.ids(), text.before(), text.ids().length - text.after());
    }

    /** With what ends a text, where the tokenizer does not put it there. */
    private static int[] ended(int[] text, OptionalInt end) {
        if (end.isEmpty() || text.length > 0 && text[text.length - 1] == end.getAsInt()) {
            return text;
        }
        int[] out = Arrays.copyOf(text, text.length + 1);
        out[text.length] = end.getAsInt();
        return out;
    }

    private static int[] joined(int[] before, int[] own, int[] after) {
        int[] out = Arrays.copyOf(before, before.length + own.length + after.length);
        System.arraycopy(own, 0, out, before.length, own.length);
        System.arraycopy(after, 0, out, before.length + own.length, after.length);
        return out;
    }

    /** "story.txt, block 3". */
    private static List<String> numbered(List<String> names) {
        List<String> out = new ArrayList<>();
        String last = "";
        int number = 0;
        for (String name : names) {
            number = name.equals(last) ? number + 1 : 1;
            last = name;
            out.add(name + ", block " + number);
        }
        return out;
    }

    /** All texts as one row of tokens. */
    private static final class Stream {
        private int[] ids = new int[1024];
        private int size;
        private final List<Integer> starts = new ArrayList<>();
        private final List<String> owners = new ArrayList<>();

        void add(String name, int[] more) {
            if (size > Integer.MAX_VALUE - 8 - more.length) {
                throw new Refusal(
                        "The texts have more than two thousand million tokens, more than one run holds. Give a"
                                + " part of them.");
            }
            if (owners.isEmpty() || !owners.get(owners.size() - 1).equals(name)) {
                starts.add(size);
                owners.add(name);
            }
            if (size + more.length > ids.length) {
                ids = Arrays.copyOf(ids, (int) Math.min(Integer.MAX_VALUE - 8, 2L * (size + more.length)));
            }
            System.arraycopy(more, 0, ids, size, more.length);
            size += more.length;
        }

        String name(int at) {
            int found = java.util.Collections.binarySearch(starts, at);
            return owners.get(found >= 0 ? found : -found - 2);
        }
    }
}
