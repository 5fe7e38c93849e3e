package graft.tags;

import graft.data.ClassNames;
import graft.data.Encoder;
import graft.onnx.ValueInfo;
import graft.text.TextEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How sentences become what a network is fed, and what its answers stand for.
 *
 * @param tags in the order of a network's answers
 * @param words how a text is cut into words that have tags
 */
record TagEncoder(TextEncoder texts, List<String> tags, Words words) implements Encoder {
    /** Note of a network's file: its tags, in the order of its answers. */
    static final String TAGS = "graft.tags";

    /** {@code O}, and for each type the beginning and the inside. */
    static List<String> tags(List<String> types) {
        List<String> out = new ArrayList<>(List.of(Chunk.OUTSIDE));
        types.forEach(type -> {
            out.add("B-" + type);
            out.add("I-" + type);
        });
        return List.copyOf(out);
    }

    /** Those that a network's file notes. */
    static Optional<List<String>> noted(Map<String, String> notes) {
        return ClassNames.fromMetadata(notes, TAGS);
    }

    TagEncoder fedTo(List<ValueInfo> inputs) {
        TextEncoder other = texts.fedTo(inputs);
        return other == texts ? this : new TagEncoder(other, tags, words);
    }

    TagEncoder with(List<String> others, Words cut) {
        return new TagEncoder(texts, others, cut);
    }

    @Override
    public Map<String, String> notes() {
        Map<String, String> out = new LinkedHashMap<>(texts.notes());
        out.put(TAGS, ClassNames.toMetadata(tags));
        out.put(Words.NOTE, words.note());
        return out;
    }

    @Override
    public String fingerprint() {
        return texts.fingerprint();
    }

    @Override
    public void writeBeside(Path network) {
        texts.writeBeside(network);
    }
}
