package graft.features;

import graft.inference.Lanes;
import graft.onnx.ElementType;
import graft.onnx.Values;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Features of single rows: those of the examples that they are of, taken apart. */
final class RowFeatures implements Features {
    private final Features whole;
    private final ExampleRows rows;

    RowFeatures(Features whole, ExampleRows rows) {
        this.whole = whole;
        this.rows = rows;
    }

    /** @param some numbers of rows, those of an example one after the other */
    @Override
    public Map<String, Values> of(int[] some, long view) {
        int[] examples = examples(some);
        Map<String, Values> out = new LinkedHashMap<>();
        whole.of(examples, view).forEach((name, values) -> out.put(name, apart(values, examples, some)));
        return out;
    }

    private Values apart(Values values, int[] examples, int[] some) {
        long[] shape = values.shape();
        ByteBuffer from = values.data();
        int longest = Math.toIntExact(shape[1]);
        int bytes = from.remaining() / (examples.length * longest);
        ByteBuffer to = ByteBuffer.allocateDirect(Math.multiplyExact(bytes, some.length))
                .order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        for (int row : some) {
            int example = rows.example(row);
            at += examples[at] == example ? 0 : 1;
            int place = at * longest + row - rows.first(example);
            to.put(from.slice(from.position() + place * bytes, bytes));
        }
        long[] apart = Arrays.copyOfRange(shape, 1, shape.length);
        apart[0] = some.length;
        return new Values(ElementType.FLOAT, apart, to.flip());
    }

    /** The examples that rows are of, each once. */
    private int[] examples(int[] some) {
        int[] all = Arrays.stream(some).map(rows::example).toArray();
        int[] out = new int[all.length];
        int count = 0;
        for (int i = 0; i < all.length; i++) {
            if (i == 0 || all[i] != all[i - 1]) {
                out[count++] = all[i];
            }
        }
        return Arrays.copyOf(out, count);
    }

    @Override
    public List<MicroBatch> passes(int[] some, int fixedBatch, int usual) {
        List<MicroBatch> out = new ArrayList<>();
        int next = 0;
        for (MicroBatch pass : whole.passes(examples(some), fixedBatch, usual)) {
            int from = next;
            for (int i = 0; i < pass.real(); i++) {
                while (next < some.length && rows.example(some[next]) == pass.examples()[i]) {
                    next++;
                }
            }
            out.add(new MicroBatch(Arrays.copyOfRange(some, from, next), next - from));
        }
        return out;
    }

    @Override
    public Lanes lanes() {
        return whole.lanes();
    }

    @Override
    public void close() {
        whole.close();
    }
}
