package graft.data;

import graft.onnx.ElementType;
import java.nio.ByteBuffer;
import java.util.List;

/** Some of the examples of a set, in a given order. */
record ChosenExamples(UniformExamples all, int[] chosen) implements UniformExamples {
    static ChosenExamples of(UniformExamples all, List<Integer> chosen) {
        return new ChosenExamples(all, chosen.stream().mapToInt(i -> i).toArray());
    }

    @Override
    public int size() {
        return chosen.length;
    }

    @Override
    public Targets targets() {
        return ClassTargets.of(all).chosen(chosen);
    }

    @Override
    public String name(int i) {
        return all.name(chosen[i]);
    }

    @Override
    public String place(int i) {
        return all.place(chosen[i]);
    }

    @Override
    public String key(int i) {
        return all.key(chosen[i]);
    }

    @Override
    public long[] shape() {
        return all.shape();
    }

    @Override
    public ElementType type() {
        return all.type();
    }

    @Override
    public String wayToFit(long[] wanted) {
        return all.wayToFit(wanted);
    }

    @Override
    public void read(int i, long view, ByteBuffer into) {
        all.read(chosen[i], view, into);
    }
}
