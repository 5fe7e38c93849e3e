package graft.data;

import graft.Refusal;
import graft.onnx.ElementType;
import graft.onnx.HalfFloats;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Examples in the element type that a network's input has. */
record TypedExamples(UniformExamples examples, ElementType type) implements UniformExamples {
    /** What whole numbers may be off: 255 times a quotient by 255. */
    private static final float WHOLE = 1e-3f;

    static boolean isPossible(ElementType from, ElementType to) {
        return from == to
                || from == ElementType.FLOAT
                        && switch (to) {
                            case FLOAT16, DOUBLE, UINT8, INT8, INT32, INT64 -> true;
                            default -> false;
                        }
                || from == ElementType.INT64 && (to == ElementType.INT32 || to == ElementType.UINT8);
    }

    @Override
    public int size() {
        return examples.size();
    }

    @Override
    public Targets targets() {
        return examples.targets();
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
    public long[] shape() {
        return examples.shape();
    }

    @Override
    public String wayToFit(long[] wanted) {
        return examples.wayToFit(wanted);
    }

    @Override
    public void read(int i, long view, ByteBuffer into) {
        ByteBuffer from = ByteBuffer.allocate(Math.toIntExact(examples.bytes())).order(ByteOrder.LITTLE_ENDIAN);
        examples.read(i, view, from);
        from.flip();
        ByteBuffer to = into.slice().order(ByteOrder.LITTLE_ENDIAN);
        boolean whole = examples.type() == ElementType.INT64;
        while (from.hasRemaining()) {
            double value = whole ? from.getLong() : from.getFloat();
            switch (type) {
                case FLOAT16 -> to.putShort(HalfFloats.floatToHalf((float) value));
                case DOUBLE -> to.putDouble(value);
                case UINT8 -> to.put((byte) whole(value, 0, 255, i));
                case INT8 -> to.put((byte) whole(value, -128, 127, i));
                case INT32 -> to.putInt((int) whole(value, Integer.MIN_VALUE, Integer.MAX_VALUE, i));
                case INT64 -> to.putLong(whole(value, Long.MIN_VALUE, Long.MAX_VALUE, i));
                default -> throw new IllegalStateException("examples as " + type);
            }
        }
        into.position(into.position() + to.position());
    }

    private long whole(double value, double least, double most, int i) {
        long whole = Math.round(value);
        if (!(Math.abs(value - whole) <= WHOLE) || whole < least || whole > most) {
            throw new Refusal(
                    "The network takes whole numbers (" + type + "), but " + examples.place(i) + " holds " + value
                            + ". Pictures become whole numbers with --scale 255 "
                            + (least < 0 && least > -1000 ? "--mean 128" : "--mean 0") + " --std 1, from "
                            + (least < 0 && least > -1000 ? "-128 to 127" : "0 to 255")
                            + "; arrays are to be saved as whole numbers.");
        }
        return whole;
    }
}
