package graft.data;

import graft.onnx.ValueInfo;
import graft.onnx.Values;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Examples for which something else is to be answered. */
record Retargeted(Examples examples, Targets targets) implements Examples {
    @Override
    public int size() {
        return examples.size();
    }

    @Override
    public int wholes() {
        return examples.wholes();
    }

    @Override
    public String name(int i) {
        return examples.name(i);
    }

    @Override
    public String place(int i) {
        return examples.place(i);
    }

    @Override
    public Optional<String> words(int i) {
        return examples.words(i);
    }

    @Override
    public String preparing() {
        return examples.preparing();
    }

    @Override
    public String key(int i) {
        return examples.key(i);
    }

    @Override
    public Map<String, Values> inputs(int[] indices, long view) {
        return examples.inputs(indices, view);
    }

    @Override
    public Examples fedTo(Path file, List<ValueInfo> inputs) {
        return new Retargeted(examples.fedTo(file, inputs), targets);
    }

    @Override
    public long bytes() {
        return examples.bytes();
    }

    @Override
    public int[] sizes() {
        return examples.sizes();
    }
}
