package graft.data;

import graft.onnx.ElementType;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Examples that lie one after another in memory; every view is the plain one. */
record ArrayExamples(Path file, String array, ClassTargets targets, long[] shape, ElementType type, ByteBuffer data)
        implements UniformExamples {
    @Override
    public int size() {
        return targets.labels().length;
    }

    @Override
    public String name(int i) {
        return array + "[" + i + "]";
    }

    @Override
    public String place(int i) {
        return file + ": " + name(i);
    }

    @Override
    public String key(int i) {
        Fingerprint fingerprint = new Fingerprint();
        fingerprint.add(type + Arrays.toString(shape));
        fingerprint.add(one(i));
        return fingerprint.hex();
    }

    @Override
    public String wayToFit(long[] wanted) {
        int axes = shape.length;
        String way = "Save the arrays in the shape that the network takes";
        if (axes > 1 && fits(shape[axes - 1], 0, 1, wanted)) {
            return way + ": the channels come last here and first there, x.transpose("
                    + order(IntStream.concat(IntStream.of(axes), IntStream.range(1, axes))) + ").";
        }
        if (axes > 1 && fits(shape[0], axes - 1, 0, wanted)) {
            return way + ": the channels come first here and last there, x.transpose("
                    + order(IntStream.concat(IntStream.range(2, axes + 1), IntStream.of(1))) + ").";
        }
        return way + ".";
    }

    /** Whether the shape fits once the axis of {@code moved} stands at {@code place}; the others begin at {@code from}. */
    private boolean fits(long moved, int place, int from, long[] wanted) {
        boolean fits = wanted.length == shape.length && (wanted[place] < 0 || wanted[place] == moved);
        int first = from == 1 ? 0 : 1;
        for (int i = 0; fits && i < shape.length - 1; i++) {
            fits = wanted[from + i] < 0 || wanted[from + i] == shape[first + i];
        }
        return fits;
    }

    private static String order(IntStream axes) {
        return "0, " + axes.mapToObj(Integer::toString).collect(Collectors.joining(", "));
    }

    @Override
    public void read(int i, long view, ByteBuffer into) {
        into.put(one(i));
    }

    private ByteBuffer one(int i) {
        int bytes = Math.toIntExact(bytes());
        return data.slice(i * bytes, bytes);
    }
}
