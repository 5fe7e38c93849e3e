package graft.data;

import graft.onnx.ValueInfo;
import graft.onnx.Values;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Examples of one tensor each, by the name of the input that takes them. */
record FedExamples(UniformExamples examples, String input) implements Examples {
    @Override
    public int size() {
        return examples.size();
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
    public String key(int i) {
        return examples.key(i);
    }

    @Override
    public Targets targets() {
        return examples.targets();
    }

    @Override
    public Map<String, Values> inputs(int[] indices, long view) {
        return Map.of(input, examples.batch(indices, view));
    }

    /** To another network. */
    @Override
    public Examples fedTo(Path file, List<ValueInfo> inputs) {
        return examples.fedTo(file, inputs);
    }

    @Override
    public long bytes() {
        return examples.bytes();
    }
}
