package graft.features;

import graft.onnx.ElementType;
import graft.onnx.Values;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Features of examples put together of their rows, which are kept; what follows an example's last row is zero. */
record PaddedRows(CachedFeatures kept, ExampleRows rows) implements Features {
    @Override
    public Map<String, Values> of(int[] examples, long view) {
        int longest = Arrays.stream(examples).map(rows::of).max().orElse(0);
        Map<String, Values> out = new LinkedHashMap<>();
        kept.of(rows.rows(examples), view)
                .forEach((name, values) -> out.put(name, together(values, examples, longest)));
        return out;
    }

    private Values together(Values values, int[] examples, int longest) {
        ByteBuffer from = values.data();
        int bytes = from.remaining() / Math.toIntExact(values.shape()[0]);
        ByteBuffer to = ByteBuffer.allocateDirect(
                        Math.multiplyExact(Math.multiplyExact(bytes, longest), examples.length))
                .order(ByteOrder.LITTLE_ENDIAN);
        int at = from.position();
        for (int i = 0; i < examples.length; i++) {
            int length = rows.of(examples[i]) * bytes;
            to.put(i * longest * bytes, from, at, length);
            at += length;
        }
        long[] apart = values.shape();
        long[] shape = new long[apart.length + 1];
        shape[0] = examples.length;
        shape[1] = longest;
        System.arraycopy(apart, 1, shape, 2, apart.length - 1);
        return new Values(ElementType.FLOAT, shape, to);
    }

    @Override
    public void close() {
        kept.close();
    }
}
