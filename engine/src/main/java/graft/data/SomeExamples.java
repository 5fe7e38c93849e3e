package graft.data;

import graft.onnx.ValueInfo;
import graft.onnx.Values;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Some of the examples, numbered anew.
 *
 * @param chosen their numbers before
 * @param targets by their new numbers
 */
record SomeExamples(Examples examples, int[] chosen, Targets targets) implements Examples {
    @Override
    public int size() {
        return chosen.length;
    }

    @Override
    public String name(int i) {
        return examples.name(chosen[i]);
    }

    @Override
    public String place(int i) {
        return examples.place(chosen[i]);
    }

    @Override
    public Optional<String> words(int i) {
        return examples.words(chosen[i]);
    }

    @Override
    public String preparing() {
        return examples.preparing();
    }

    @Override
    public String key(int i) {
        return examples.key(chosen[i]);
    }

    @Override
    public Map<String, Values> inputs(int[] some, long view) {
        return examples.inputs(Arrays.stream(some).map(i -> chosen[i]).toArray(), view);
    }

    @Override
    public Examples fedTo(Path file, List<ValueInfo> inputs) {
        return new SomeExamples(examples.fedTo(file, inputs), chosen, targets);
    }

    @Override
    public long bytes() {
        return examples.bytes();
    }

    @Override
    public int[] sizes() {
        int[] all = examples.sizes();
        return Arrays.stream(chosen).map(i -> all[i]).toArray();
    }
}
