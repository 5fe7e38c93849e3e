package graft.image;

import graft.data.Examples;
import graft.data.Targets;
import graft.onnx.ElementType;
import graft.onnx.ValueInfo;
import graft.onnx.Values;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Pictures mirrored left to right, as they are prepared for a network.
 *
 * @param layout of its input
 */
public record MirroredExamples(Examples pictures, Layout layout) implements Examples {
    @Override
    public int size() {
        return pictures.size();
    }

    @Override
    public String name(int i) {
        return pictures.name(i);
    }

    @Override
    public String place(int i) {
        return pictures.place(i);
    }

    @Override
    public String key(int i) {
        return pictures.key(i) + ".mirrored";
    }

    @Override
    public Targets targets() {
        return pictures.targets();
    }

    @Override
    public Map<String, Values> inputs(int[] examples, long view) {
        Map<String, Values> out = new LinkedHashMap<>();
        pictures.inputs(examples, view)
                .forEach((name, values) -> out.put(
                        name,
                        values.type() == ElementType.FLOAT && values.shape().length == 4 ? mirrored(values) : values));
        return out;
    }

    private Values mirrored(Values values) {
        long[] shape = values.shape();
        int width = (int) shape[layout == Layout.NCHW ? 3 : 2];
        int inner = layout == Layout.NCHW ? 1 : (int) shape[3];
        FloatBuffer from = values.floats();
        float[] to = new float[from.remaining()];
        for (int row = 0; row < to.length; row += width * inner) {
            for (int x = 0; x < width; x++) {
                from.get(from.position() + row + x * inner, to, row + (width - 1 - x) * inner, inner);
            }
        }
        return Values.ofFloats(shape, to);
    }

    @Override
    public Examples fedTo(Path file, List<ValueInfo> inputs) {
        return new MirroredExamples(pictures.fedTo(file, inputs), layout);
    }

    @Override
    public long bytes() {
        return pictures.bytes();
    }

    @Override
    public int[] sizes() {
        return pictures.sizes();
    }
}
