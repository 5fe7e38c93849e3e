package graft.text;

import graft.Refusal;
import graft.data.Encoder;
import graft.data.Fingerprint;
import graft.onnx.ElementType;
import graft.onnx.ValueInfo;
import graft.onnx.Values;
import graft.progress.Progress;
import graft.text.TextInputs.Role;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Texts as what a network is fed: cut into tokens, those of a batch filled up to the longest of them, and masked. */
public final class TextEncoder implements Encoder, AutoCloseable {
    /** Note of a network's file: the most tokens a text has. */
    public static final String MAX_LENGTH = "graft.max_length";

    /** Note of a network's file: how many texts it learnt to read together, 1 or 2. */
    private static final String TEXTS = "graft.texts";

    static final int USUAL_LENGTH = 128;

    private final TextInputs inputs;
    private final TokenizerFile file;
    private final int maxLength;
    private final boolean pairs;
    private Tokenizer opened;

    private TextEncoder(TextInputs inputs, TokenizerFile file, int maxLength, boolean pairs) {
        this.inputs = inputs;
        this.file = file;
        this.maxLength = maxLength;
        this.pairs = pairs;
    }

    /**
     * An encoder for a network. Closed or not, it can always be used: its tokenizer is opened when it is needed.
     *
     * @param maxLength as the user wants it; empty: as the network's file notes it, else 128, or less where the network can only
     *     read less
     * @param notes of the network's file
     * @throws Refusal where tokenizer and network do not belong together
     */
    public static TextEncoder of(
            TextInputs inputs, TokenizerFile file, Optional<Integer> maxLength, Map<String, String> notes) {
        return of(inputs, file, maxLength, USUAL_LENGTH, notes);
    }

    /** @param usual the most tokens, where neither the user nor the network's file says another number */
    static TextEncoder of(
            TextInputs inputs, TokenizerFile file, Optional<Integer> maxLength, int usual, Map<String, String> notes) {
        if (inputs.embeddings().isPresent()
                && file.vocabulary() > inputs.embeddings().getAsInt()) {
            throw new Refusal("The tokenizer " + file.file() + " has " + file.vocabulary()
                    + " tokens, but the network has an embedding of "
                    + inputs.embeddings().getAsInt()
                    + " rows: they do not belong together. Give the tokenizer that the network was trained with.");
        }
        if (inputs.embeddings().isPresent()
                && file.padding() >= inputs.embeddings().getAsInt()) {
            throw new Refusal(
                    "The tokenizer " + file.file() + " fills shorter texts up with the number " + file.padding()
                            + ", but the network has an embedding of "
                            + inputs.embeddings().getAsInt()
                            + " rows: they do not belong together. Give the tokenizer that the network was trained with.");
        }
        return new TextEncoder(inputs, file, length(inputs, maxLength, usual, notes), false);
    }

    private static int length(TextInputs inputs, Optional<Integer> wanted, int usual, Map<String, String> notes) {
        OptionalInt most = inputs.fixedLength().isPresent() ? inputs.fixedLength() : inputs.positions();
        if (wanted.isPresent()) {
            if (wanted.get() < 4) {
                throw new Refusal("--max-length " + wanted.get()
                        + " leaves no room for a text: two tokens or three go around" + " it. Choose 4 at least.");
            }
            if (most.isPresent() && wanted.get() > most.getAsInt()) {
                throw new Refusal("--max-length " + wanted.get() + " is more than the network can read: it has "
                        + most.getAsInt() + " positions. Choose at most that.");
            }
            return wanted.get();
        }
        String noted = notes.get(MAX_LENGTH);
        if (noted != null && noted.matches("[0-9]{1,6}")) {
            return Integer.parseInt(noted);
        }
        return Math.min(usual, most.orElse(usual));
    }

    /** Whether a network's file notes that it learnt to read texts two at a time. */
    public static boolean notesPairs(Map<String, String> notes) {
        return "2".equals(notes.get(TEXTS));
    }

    /** Whether it notes that it learnt to read single texts. */
    public static boolean notesSingles(Map<String, String> notes) {
        return "1".equals(notes.get(TEXTS));
    }

    /** The same for a network that is fed otherwise: one that was exported, or made smaller. */
    public TextEncoder fedTo(List<ValueInfo> wanted) {
        TextInputs others = inputs.as(wanted);
        return others.equals(inputs) ? this : new TextEncoder(others, file, maxLength, pairs);
    }

    /** The same for texts that are, or are not, read two at a time. */
    public TextEncoder ofPairs(boolean arePairs) {
        return new TextEncoder(inputs, file, maxLength, arePairs);
    }

    @Override
    public Optional<String> strangeTo(Map<String, String> notes) {
        String noted = notes.get(TEXTS);
        if (noted == null || noted.equals(texts())) {
            return Optional.empty();
        }
        return Optional.of(
                pairs
                        ? "was trained on single texts, and these are pairs. Name the one column that it is to read with --text"
                        : "was trained on pairs of texts, and these are single ones. Name the columns of both with --text and"
                                + " --text-pair");
    }

    private String texts() {
        return pairs ? "2" : "1";
    }

    public TokenizerFile file() {
        return file;
    }

    /** The most tokens that a text has. */
    public int maxLength() {
        return maxLength;
    }

    /** The length of every text, where the network's file fixes it. */
    public OptionalInt fixedLength() {
        return inputs.fixedLength();
    }

    /** What the network is fed, by what it holds. */
    public TextInputs inputs() {
        return inputs;
    }

    private synchronized Tokenizer tokenizer() {
        if (opened == null) {
            opened = Tokenizer.open(file, maxLength);
        }
        return opened;
    }

    /** Cuts texts into tokens, and says how many were too long, or unreadable. */
    public List<Tokens> encode(List<TextExample> examples, Progress progress) {
        TokenCounts counts = new TokenCounts();
        List<Tokens> out = encode(examples, counts, progress);
        counts.tell(maxLength, progress);
        return out;
    }

    /** The same for some of many texts. */
    List<Tokens> encode(List<TextExample> examples, TokenCounts counts, Progress progress) {
        List<Tokens> out = tokenizer().encode(examples, progress).stream()
                .map(text -> text.length() == 0 ? nothing() : text)
                .toList();
        counts.add(examples, out);
        return out;
    }

    /** Whole texts, however long, with the place of each token. */
    public List<Pieces> pieces(List<String> texts, Progress progress) {
        try (Tokenizer whole = Tokenizer.openWhole(file)) {
            return whole.pieces(texts, progress);
        }
    }

    /**
     * Questions (the text of an example) with their passages (its pair), however long these are.
     *
     * @param most tokens of a question
     */
    public List<Asked> asked(List<TextExample> questions, int most, Progress progress) {
        try (Tokenizer whole = Tokenizer.openWhole(file)) {
            return whole.asked(questions, most, progress);
        }
    }

    /** Of no token a network can compute nothing: a text without any is one that is unknown. */
    public Tokens nothing() {
        return new Tokens(new int[] {file.unknown().orElse(file.padding())}, new int[1], false, true);
    }

    /**
     * A batch as the network's inputs, by name: {@code [texts, longest]}; where the file fixes the length of a text, that.
     */
    public Map<String, Values> batch(List<Tokens> texts) {
        int longest = inputs.fixedLength()
                .orElseGet(() -> texts.stream().mapToInt(Tokens::length).max().orElse(0));
        Map<String, Values> out = new LinkedHashMap<>();
        inputs.infos().forEach((role, info) -> out.put(info.name(), values(role, info, texts, longest)));
        inputs.past().forEach(info -> out.put(info.name(), nothingBefore(info, texts.size())));
        inputs.branch().ifPresent(info -> out.put(info.name(), truth(false)));
        return out;
    }

    /** One truth value: {@code [1]}, BOOL. */
    public static Values truth(boolean value) {
        return new Values(
                ElementType.BOOL, new long[] {1}, ByteBuffer.allocateDirect(1).put(0, (byte) (value ? 1 : 0)));
    }

    /** No earlier token: {@code [texts, heads, 0, width]}. */
    private static Values nothingBefore(ValueInfo past, int texts) {
        List<ValueInfo.Dim> shape = past.shape().orElseThrow();
        return new Values(
                past.type().orElseThrow(),
                new long[] {texts, shape.get(1).size(), 0, shape.get(3).size()},
                ByteBuffer.allocateDirect(0).order(ByteOrder.LITTLE_ENDIAN));
    }

    private Values values(Role role, ValueInfo info, List<Tokens> texts, int longest) {
        ElementType type = info.type().orElseThrow();
        ByteBuffer data =
                ByteBuffer.allocateDirect(texts.size() * longest * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (Tokens text : texts) {
            for (int i = 0; i < longest; i++) {
                boolean there = i < text.length();
                int value =
                        switch (role) {
                            case IDS -> there ? text.ids()[i] : file.padding();
                            case MASK -> there ? 1 : 0;
                            case TYPES -> there ? text.types()[i] : 0;
                            case POSITIONS -> i;
                        };
                if (type == ElementType.INT64) {
                    data.putLong(value);
                } else {
                    data.putInt(value);
                }
            }
        }
        return new Values(type, new long[] {texts.size(), longest}, data.flip());
    }

    /** The name of the input that tells texts from padding, which pooling needs; empty where the network has none. */
    public Optional<String> mask() {
        return Optional.ofNullable(inputs.infos().get(Role.MASK)).map(ValueInfo::name);
    }

    /** What the network is fed. */
    public List<ValueInfo> gives() {
        return List.copyOf(inputs.infos().values());
    }

    @Override
    public Map<String, String> notes() {
        Map<String, String> out = new LinkedHashMap<>(); // in the same order in every run
        out.put(TokenizerFile.HASH, file.hash());
        out.put(MAX_LENGTH, Integer.toString(maxLength));
        out.put(TEXTS, texts());
        return out;
    }

    @Override
    public String fingerprint() {
        Fingerprint fingerprint = new Fingerprint();
        fingerprint.add(file.content());
        fingerprint.add(maxLength);
        fingerprint.add(inputs.fixedLength().orElse(0));
        inputs.infos().forEach((role, info) -> {
            fingerprint.add(role.name());
            fingerprint.add(info.name());
        });
        return fingerprint.hex();
    }

    @Override
    public void writeBeside(Path network) {
        file.writeBeside(network);
    }

    @Override
    public synchronized void close() {
        if (opened != null) {
            opened.close();
            opened = null;
        }
    }
}
