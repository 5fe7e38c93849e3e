package graft.language;

import graft.data.Encoder;
import graft.onnx.ValueInfo;
import graft.text.TextEncoder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How texts become blocks of tokens.
 *
 * @param length of a block, in tokens
 */
record BlockEncoder(TextEncoder texts, int length) implements Encoder {
    /** Note of a network's file: tokens of the blocks that it learnt from. */
    static final String BLOCK = "graft.block_size";

    BlockEncoder fedTo(List<ValueInfo> inputs) {
        TextEncoder other = texts.fedTo(inputs);
        return other == texts ? this : new BlockEncoder(other, length);
    }

    @Override
    public Map<String, String> notes() {
        Map<String, String> out = new LinkedHashMap<>(texts.notes());
        out.put(BLOCK, Integer.toString(length));
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
