package graft.data;

import graft.Refusal;
import graft.onnx.ElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;

/** The numbers of one array of a {@code .npz} file, as networks take them. */
record ArrayNumbers(Path file, String name, Npy array) {
    ElementType type() {
        return switch (array.toString().split(" ")[0]) {
            case "float16", "float32", "float64", "uint8" -> ElementType.FLOAT;
            case "int32", "int64" -> ElementType.INT64;
            default ->
                throw new Refusal(file + ": " + name + " is " + array
                        + "; Graft reads float16, float32, float64, uint8, int32 and int64. Save it with"
                        + " x.astype('float32').");
        };
    }

    ByteBuffer elements(ElementType type) {
        ByteBuffer from = array.data();
        int width = type.bytes();
        if (array.width() == width && array.kind() != 'u') {
            return from;
        }
        long bytes = (long) array.size() * width;
        if (bytes > Integer.MAX_VALUE - 8) {
            throw new Refusal(file + ": " + name + " takes more than 2 GiB as " + type
                    + ". Save fewer examples, or give pictures in folders.");
        }
        ByteBuffer to = ByteBuffer.allocate((int) bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < array.size(); i++) {
            if (type == ElementType.INT64) {
                to.putLong(array.integer(i));
            } else {
                to.putFloat(array.kind() == 'u' ? from.get(i) & 0xff : (float) array.number(i));
            }
        }
        return to.flip();
    }

    /** Found here, it has a name; later it would be a loss that became NaN. */
    void requireFinite(ByteBuffer data, ElementType type) {
        if (type != ElementType.FLOAT) {
            return;
        }
        FloatBuffer numbers = data.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        int perExample = numbers.remaining() / Math.toIntExact(array.shape()[0]);
        int first = -1;
        int examples = 0;
        for (int i = 0; i < numbers.limit(); i++) {
            if (!(Math.abs(numbers.get(i)) <= Magnitude.LARGEST)) {
                first = first < 0 ? i : first;
                examples++;
                i += perExample - 1 - i % perExample; // on to the next example
            }
        }
        if (first >= 0) {
            float found = numbers.get(first);
            String what = Float.isNaN(found)
                    ? "NaN (not a number)"
                    : Float.isInfinite(found)
                            ? "infinite"
                            : found + ", too large to compute with: its square is beyond what float32 holds";
            String beyond = array.width() == 8 && Double.isFinite(array.number(first))
                    ? " as float32 (it is " + array.number(first) + ")"
                    : "";
            throw new Refusal(file + ": " + name + "[" + first / perExample + "] has a number that is " + what + beyond
                    + (examples > 1
                            ? ", and " + (examples - 1) + " more examples of " + name + " have such numbers"
                            : "")
                    + ". Remove these examples, or replace the numbers (numpy.nan_to_num).");
        }
    }
}
