package graft.quantize;

import graft.onnx.ElementType;
import graft.onnx.Graph;
import graft.onnx.GraphEditor;
import graft.onnx.Node;
import graft.onnx.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Adds initializers under very short names, equal ones once: in a small network the names of thousands of scales and zero
 * points would weigh as much as the int8 weights.
 */
final class SmallConstants {
    private static final int LETTERS = 36;

    private final GraphEditor editor;
    private final Set<String> taken = new HashSet<>();
    private final Map<String, String> known = new HashMap<>();
    private int counter;

    SmallConstants(GraphEditor editor) {
        this.editor = editor;
        taken.addAll(editor.initializers().keySet());
        editor.nodes().forEach(this::takeNames);
    }

    private void takeNames(Node node) {
        taken.add(node.name());
        taken.addAll(node.inputs());
        taken.addAll(node.outputs());
        for (Graph inner : node.graphs().values()) {
            taken.addAll(inner.initializers().keySet());
            inner.nodes().forEach(this::takeNames);
        }
    }

    /** A name that nothing in the graph or its sub-graphs has. */
    String name() {
        String name;
        do {
            name = Integer.toString(counter++, LETTERS);
        } while (!taken.add(name));
        return name;
    }

    String floats(long[] shape, float... values) {
        ByteBuffer data = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        data.asFloatBuffer().put(values);
        return put(ElementType.FLOAT, shape, data.array());
    }

    String ints(long[] shape, int... values) {
        ByteBuffer data = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        data.asIntBuffer().put(values);
        return put(ElementType.INT32, shape, data.array());
    }

    String scalar(float value) {
        return floats(new long[0], value);
    }

    String uint8(int value) {
        return put(ElementType.UINT8, new long[0], new byte[] {(byte) value});
    }

    /** int8 zeros: one where {@code count} is −1, else a row of them. */
    String zeros(int count) {
        return count < 0
                ? put(ElementType.INT8, new long[0], new byte[1])
                : put(ElementType.INT8, new long[] {count}, new byte[count]);
    }

    String put(ElementType type, long[] shape, byte[] data) {
        String key = type + Arrays.toString(shape) + Arrays.hashCode(data);
        String had = known.get(key);
        if (had != null && editor.initializers().get(had).bytes().equals(ByteBuffer.wrap(data))) {
            return had;
        }
        String name = name();
        editor.put(Tensor.ofBytes(name, type, shape, ByteBuffer.wrap(data)));
        known.put(key, name);
        return name;
    }
}
