package graft.text;

import ai.djl.engine.EngineException;
import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import ai.djl.huggingface.tokenizers.jni.LibUtils;
import ai.djl.util.PairList;
import graft.Refusal;
import graft.progress.Progress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Cuts texts into the numbers of a vocabulary, as Hugging Face's library does, of which it is a cover. Safe for several threads. */
public final class Tokenizer implements AutoCloseable {
    private static final int AT_ONCE = 512;
    private static final int LETTERS_AT_ONCE = 4_000_000;

    private final TokenizerFile file;
    private final int maxLength;
    private final HuggingFaceTokenizer tokenizer;

    private Tokenizer(TokenizerFile file, int maxLength, HuggingFaceTokenizer tokenizer) {
        this.file = file;
        this.maxLength = maxLength;
        this.tokenizer = tokenizer;
    }

    /**
     * The caller closes it.
     *
     * @param maxLength tokens of a text, those around it included; what is longer is cut at its end, of a pair the longer one
     * @throws Refusal where the file is damaged
     */
    public static Tokenizer open(TokenizerFile file, int maxLength) {
        String length = Integer.toString(maxLength);
        return open(
                file,
                maxLength,
                Map.of(
                        "truncation", "LONGEST_FIRST",
                        "padding", "DO_NOT_PAD",
                        "maxLength", length,
                        "modelMaxLength", length,
                        "stride", "0"));
    }

    /** One that cuts nothing off. The caller closes it. */
    public static Tokenizer openWhole(TokenizerFile file) {
        String length = Integer.toString(Integer.MAX_VALUE);
        return open(
                file,
                Integer.MAX_VALUE,
                Map.of(
                        "truncation",
                        "DO_NOT_TRUNCATE",
                        "padding",
                        "DO_NOT_PAD",
                        "maxLength",
                        length,
                        "modelMaxLength",
                        length));
    }

    private static Tokenizer open(TokenizerFile file, int maxLength, Map<String, String> options) {
        // Nothing is fetched, and nobody is told.
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        try {
            LibUtils.checkStatus();
        } catch (EngineException e) {
            throw new Refusal(
                    "Graft's library for cutting texts into tokens cannot be loaded ("
                            + (e.getCause() == null
                                    ? e.getMessage()
                                    : e.getCause().getMessage()) + "). Install Graft again.",
                    e);
        }
        try {
            HuggingFaceTokenizer tokenizer =
                    HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(file.content()), options);
            return new Tokenizer(file, maxLength, tokenizer);
        } catch (IOException | RuntimeException e) {
            throw TokenizerFile.damaged(file.file(), e);
        }
    }

    public TokenizerFile file() {
        return file;
    }

    public int maxLength() {
        return maxLength;
    }

    public Tokens encode(TextExample example) {
        return encode(List.of(example), Progress.NONE).get(0);
    }

    /** @throws CancellationException when {@code progress} was cancelled */
    public List<Tokens> encode(List<TextExample> examples, Progress progress) {
        List<Tokens> out = new ArrayList<>(examples.size());
        for (int from = 0; from < examples.size(); from += AT_ONCE) {
            if (progress.isCancelled()) {
                throw new CancellationException("cancelled while texts were cut into tokens");
            }
            progress.stage("cutting texts into tokens", from, examples.size());
            for (Encoding encoding : encodings(examples.subList(from, Math.min(from + AT_ONCE, examples.size())))) {
                out.add(tokens(encoding));
            }
        }
        return out;
    }

    private Encoding[] encodings(List<TextExample> examples) {
        if (examples.get(0).pair().isEmpty()) {
            return tokenizer.batchEncode(
                    examples.stream().map(each -> whole(each.text())).toList(), true, false);
        }
        PairList<String, String> pairs = new PairList<>(examples.size());
        examples.forEach(each -> pairs.add(whole(each.text()), whole(each.pair().orElse(""))));
        return tokenizer.batchEncode(pairs, true, false);
    }

    /** Half a surrogate pair, which JSON can spell, is no letter and would not get across to the library. */
    private static String whole(String text) {
        for (int i = 0; i < text.length(); i++) {
            char at = text.charAt(i);
            if (Character.isHighSurrogate(at)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(at)) {
                return whole(text.substring(0, i) + '\ufffd' + text.substring(i + 1));
            }
        }
        return text;
    }

    private Tokens tokens(Encoding encoding) {
        long[] wide = encoding.getIds();
        int[] ids = new int[wide.length];
        int[] types = new int[wide.length];
        boolean known = false;
        for (int i = 0; i < ids.length; i++) {
            ids[i] = Math.toIntExact(wide[i]);
            types[i] = (int) encoding.getTypeIds()[i];
            boolean special = encoding.getSpecialTokenMask()[i] == 1;
            known |= !special
                    && (file.unknown().isEmpty() || ids[i] != file.unknown().getAsInt());
        }
        return new Tokens(ids, types, encoding.exceedMaxLength(), !known);
    }

    /** Texts with the place of each token. */
    public List<Pieces> pieces(List<String> texts, Progress progress) {
        List<Pieces> out = new ArrayList<>(texts.size());
        for (int from = 0; from < texts.size(); from += AT_ONCE) {
            if (progress.isCancelled()) {
                throw new CancellationException("cancelled while texts were cut into tokens");
            }
            progress.stage("cutting texts into tokens", from, texts.size());
            List<String> some = texts.subList(from, Math.min(from + AT_ONCE, texts.size())).stream()
                    .map(Tokenizer::whole)
                    .toList();
            Encoding[] encodings = tokenizer.batchEncode(some, true, false);
            for (int i = 0; i < encodings.length; i++) {
                out.add(pieces(some.get(i), encodings[i]));
            }
        }
        return out;
    }

    /**
     * Questions with their passages, in the places of {@link TextExample#text} and of its pair, whole, with the place of each token of
     * the passage.
     *
     * @param most tokens of a question; what is longer is cut at its end
     */
    List<Asked> asked(List<TextExample> questions, int most, Progress progress) {
        List<Asked> out = new ArrayList<>(questions.size());
        for (int from = 0; from < questions.size(); ) {
            if (progress.isCancelled()) {
                throw new CancellationException("cancelled while texts were cut into tokens");
            }
            progress.stage("cutting texts into tokens", from, questions.size());
            int to = from;
            for (long letters = 0; to < questions.size() && to - from < AT_ONCE && letters < LETTERS_AT_ONCE; to++) {
                letters += questions.get(to).pair().orElseThrow().length();
            }
            PairList<String, String> pairs = new PairList<>(to - from);
            questions
                    .subList(from, to)
                    .forEach(each ->
                            pairs.add(whole(each.text()), whole(each.pair().orElseThrow())));
            Encoding[] encodings = tokenizer.batchEncode(pairs, true, false);
            for (int i = 0; i < encodings.length; i++) {
                out.add(asked(pairs.get(i).getValue(), encodings[i], most));
            }
            from = to;
        }
        return out;
    }

    private Asked asked(String passage, Encoding encoding, int most) {
        Tokens tokens = tokens(encoding);
        long[] sequences = encoding.getSequenceIds();
        long[] special = encoding.getSpecialTokenMask();
        IntPredicate ofQuestion = i -> sequences[i] == 0 && special[i] == 0;
        IntPredicate ofPassage = i -> sequences[i] == 1 && special[i] == 0;
        int[] question = IntStream.range(0, special.length).filter(ofQuestion).toArray();
        int[] kept = IntStream.range(0, special.length)
                .filter(i -> question.length <= most || !ofQuestion.test(i) || i < question[most])
                .toArray();
        int[] places = IntStream.range(0, kept.length)
                .filter(i -> ofPassage.test(kept[i]))
                .toArray();
        // Of a passage without any token: what follows the question stands before it, but for the last.
        int before = places.length > 0 ? places[0] : Math.max(0, kept.length - 1);
        int[] ids = Arrays.stream(kept).map(i -> tokens.ids()[i]).toArray();
        int[] types = Arrays.stream(kept).map(i -> tokens.types()[i]).toArray();
        int[] from = new int[places.length];
        int[] to = new int[places.length];
        int[] chars = charsOfPoints(passage);
        boolean known = false;
        for (int i = 0; i < places.length; i++) {
            CharSpan span = encoding.getCharTokenSpans()[kept[places[i]]];
            from[i] = span == null ? 0 : chars.length == 0 ? span.getStart() : chars[span.getStart()];
            to[i] = span == null ? 0 : chars.length == 0 ? span.getEnd() : chars[span.getEnd()];
            known |=
                    file.unknown().isEmpty() || ids[places[i]] != file.unknown().getAsInt();
        }
        int after = kept.length - before - places.length;
        return new Asked(new Pieces(ids, types, before, after, from, to, known), question.length > most);
    }

    private Pieces pieces(String text, Encoding encoding) {
        Tokens tokens = tokens(encoding);
        long[] special = encoding.getSpecialTokenMask();
        int before = 0;
        while (before < special.length && special[before] == 1) {
            before++;
        }
        int after = 0;
        while (after < special.length - before && special[special.length - 1 - after] == 1) {
            after++;
        }
        int inside = special.length - before - after;
        int[] from = new int[inside];
        int[] to = new int[inside];
        int[] chars = charsOfPoints(text);
        CharSpan[] spans = encoding.getCharTokenSpans();
        for (int i = 0; i < inside; i++) {
            CharSpan span = spans[before + i];
            from[i] = span == null ? 0 : chars.length == 0 ? span.getStart() : chars[span.getStart()];
            to[i] = span == null ? 0 : chars.length == 0 ? span.getEnd() : chars[span.getEnd()];
        }
        return new Pieces(tokens.ids(), tokens.types(), before, after, from, to, !tokens.unknown());
    }

    /** Where each code point begins, and where the text ends; nothing where both are counted alike. */
    private static int[] charsOfPoints(String text) {
        int points = text.codePointCount(0, text.length());
        if (points == text.length()) {
            return new int[0];
        }
        int[] out = new int[points + 1];
        int at = 0;
        for (int i = 0; i < points; i++) {
            out[i] = at;
            at += Character.charCount(text.codePointAt(at));
        }
        out[points] = at;
        return out;
    }

    /**
     * Where each token stands in the text, as positions of Java's {@code char}s: from (inclusive) and to (exclusive); both 0 for
     * what is not in the text. The library counts code points, of which an emoji is one and in Java two.
     */
    public List<int[]> spans(String text) {
        List<int[]> out = new ArrayList<>();
        for (CharSpan span : tokenizer.encode(text, true, false).getCharTokenSpans()) {
            out.add(
                    span == null
                            ? new int[2]
                            : new int[] {
                                text.offsetByCodePoints(0, span.getStart()), text.offsetByCodePoints(0, span.getEnd())
                            });
        }
        return out;
    }

    /** Tokens as a text; those that stand for no letters are left out. Bytes that are no whole letter stand as \ufffd. */
    public String decode(int[] ids) {
        return tokenizer.decode(Arrays.stream(ids).asLongStream().toArray(), true);
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
