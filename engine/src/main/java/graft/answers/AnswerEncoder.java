package graft.answers;

import graft.data.Encoder;
import graft.data.Fingerprint;
import graft.onnx.ValueInfo;
import graft.text.TextEncoder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How questions and passages become what a network is fed. */
record AnswerEncoder(TextEncoder texts, Cutting cutting) implements Encoder {
    AnswerEncoder fedTo(java.util.List<ValueInfo> inputs) {
        TextEncoder other = texts.fedTo(inputs);
        return other == texts ? this : new AnswerEncoder(other, cutting);
    }

    @Override
    public Map<String, String> notes() {
        Map<String, String> out = new LinkedHashMap<>(texts.notes());
        out.putAll(cutting.notes());
        return out;
    }

    @Override
    public String fingerprint() {
        Fingerprint out = new Fingerprint();
        out.add(texts.fingerprint());
        out.add(cutting.overlap());
        return out.hex();
    }

    @Override
    public Optional<String> strangeTo(Map<String, String> notes) {
        return texts.strangeTo(notes);
    }

    @Override
    public void writeBeside(Path network) {
        texts.writeBeside(network);
    }
}
