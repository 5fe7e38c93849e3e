package graft.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import graft.Refusal;
import graft.onnx.proto.OnnxProto.StringStringEntryProto;
import graft.onnx.proto.OnnxProto.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A named constant of a graph: an initializer, or the value of an attribute. Immutable. */
public final class Tensor {
    private final TensorProto proto;
    private final Path folder;

    /** The elements where they lie outside of the message; null where they are in it or in another file. */
    private final ByteBuffer elements;

    /** {@code folder} is where external data of the file lies; null for tensors made in memory. */
    Tensor(TensorProto proto, Path folder) {
        this(proto, folder, null);
    }

    private Tensor(TensorProto proto, Path folder, ByteBuffer elements) {
        this.proto = proto;
        this.folder = folder;
        this.elements = elements;
    }

    public static Tensor ofFloats(String name, long[] shape, float... values) {
        ByteBuffer data = littleEndian(values.length * 4);
        data.asFloatBuffer().put(values);
        return ofBytes(name, ElementType.FLOAT, shape, data);
    }

    public static Tensor ofLongs(String name, long[] shape, long... values) {
        ByteBuffer data = littleEndian(values.length * 8);
        data.asLongBuffer().put(values);
        return ofBytes(name, ElementType.INT64, shape, data);
    }

    /** {@code data}: the elements row by row, little-endian; copied. */
    public static Tensor ofBytes(String name, ElementType type, long[] shape, ByteBuffer data) {
        return checked(described(name, type, shape).setRawData(ByteString.copyFrom(data)), null);
    }

    /** The same without a copy: of no use once {@code data} changes. */
    public static Tensor over(String name, ElementType type, long[] shape, ByteBuffer data) {
        return data.hasArray()
                ? checked(described(name, type, shape).setRawData(UnsafeByteOperations.unsafeWrap(data)), null)
                : checked(described(name, type, shape), data);
    }

    private static TensorProto.Builder described(String name, ElementType type, long[] shape) {
        TensorProto.Builder builder = TensorProto.newBuilder().setName(name).setDataType(type.code());
        for (long dimension : shape) {
            builder.addDims(dimension);
        }
        return builder;
    }

    private static Tensor checked(TensorProto.Builder builder, ByteBuffer elements) {
        Tensor tensor = new Tensor(builder.build(), null, elements);
        tensor.checkLength();
        return tensor;
    }

    public String name() {
        return proto.getName();
    }

    public ElementType type() {
        return ElementType.of(proto.getDataType());
    }

    public long[] shape() {
        return proto.getDimsList().stream().mapToLong(Long::longValue).toArray();
    }

    /** Number of elements: 1 for a scalar. */
    public long size() {
        long size = 1;
        for (long dimension : proto.getDimsList()) {
            try {
                size = Math.multiplyExact(size, dimension);
            } catch (ArithmeticException e) {
                throw new Refusal(absurd(), e);
            }
        }
        return size;
    }

    /** The elements row by row, little-endian, read-only, however the file stores them. */
    public ByteBuffer bytes() {
        if (elements != null) {
            return elements.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
        }
        if (proto.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
            return external();
        }
        if (proto.hasRawData()) {
            return proto.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        }
        return typedFields();
    }

    /** The elements as floats; integers and booleans are converted, doubles are rounded. */
    public float[] toFloats() {
        if (isPacked()) {
            long[] numbers = unpacked();
            float[] out = new float[numbers.length];
            for (int i = 0; i < out.length; i++) {
                out[i] = numbers[i];
            }
            return out;
        }
        ByteBuffer data = bytes();
        float[] out = new float[Math.toIntExact(size())];
        ElementType type = type();
        for (int i = 0; i < out.length; i++) {
            out[i] = switch (type) {
                case FLOAT -> data.getFloat();
                case DOUBLE -> (float) data.getDouble();
                case FLOAT16 -> HalfFloats.halfToFloat(data.getShort());
                case BFLOAT16 -> Float.intBitsToFloat(data.getShort() << 16);
                default -> integer(data, type);
            };
        }
        return out;
    }

    /** Two elements share a byte, the first in its low half. */
    private boolean isPacked() {
        return type() == ElementType.INT4 || type() == ElementType.UINT4;
    }

    private long[] unpacked() {
        ByteBuffer data = bytes();
        long[] out = new long[Math.toIntExact(size())];
        if (data.remaining() < (out.length + 1) / 2) {
            throw new Refusal("Tensor " + name() + " should hold " + (out.length + 1) / 2 + " bytes for its shape "
                    + shapeText() + " but holds " + data.remaining()
                    + ". The file is damaged: export or download it again.");
        }
        for (int i = 0; i < out.length; i++) {
            int half = data.get(data.position() + i / 2) >> (i % 2 == 0 ? 0 : 4) & 0xf;
            out[i] = type() == ElementType.INT4 && half > 7 ? half - 16 : half;
        }
        return out;
    }

    /** The elements as whole numbers; fractions are cut off. */
    public long[] toLongs() {
        if (isPacked()) {
            return unpacked();
        }
        ByteBuffer data = bytes();
        long[] out = new long[Math.toIntExact(size())];
        ElementType type = type();
        for (int i = 0; i < out.length; i++) {
            out[i] = switch (type) {
                case FLOAT -> (long) data.getFloat();
                case DOUBLE -> (long) data.getDouble();
                default -> integer(data, type);
            };
        }
        return out;
    }

    private long integer(ByteBuffer data, ElementType type) {
        return switch (type) {
            case INT64, UINT64 -> data.getLong();
            case INT32 -> data.getInt();
            case UINT32 -> data.getInt() & 0xffffffffL;
            case INT16 -> data.getShort();
            case UINT16 -> data.getShort() & 0xffff;
            case INT8 -> data.get();
            case UINT8, BOOL -> data.get() & 0xff;
            default -> throw new Refusal("Tensor " + name() + " holds " + type + ", which cannot be read as numbers.");
        };
    }

    /** The strings of a STRING tensor. */
    public List<String> toStrings() {
        return proto.getStringDataList().stream().map(ByteString::toStringUtf8).toList();
    }

    public Tensor named(String name) {
        return new Tensor(proto.toBuilder().setName(name).build(), folder, elements);
    }

    /** The same tensor (name, shape, type, notes) with other elements, little-endian; copied. */
    public Tensor withBytes(ByteBuffer data) {
        return with(ByteString.copyFrom(data));
    }

    private Tensor with(ByteString data) {
        TensorProto.Builder builder = proto.toBuilder()
                .clearFloatData()
                .clearInt32Data()
                .clearInt64Data()
                .clearDoubleData()
                .clearUint64Data()
                .clearExternalData()
                .clearDataLocation()
                .setRawData(data);
        return checked(builder, null);
    }

    /** The same tensor (name, shape, type, notes) with the elements of another, which are shared where they can be. */
    public Tensor withElementsOf(Tensor other) {
        return other.proto.hasRawData() ? with(other.proto.getRawData()) : withBytes(other.bytes());
    }

    public boolean isExternal() {
        return proto.getDataLocation() == TensorProto.DataLocation.EXTERNAL;
    }

    /** Equal name, type, shape and elements, however they are stored. */
    public boolean sameAs(Tensor other) {
        return type() == other.type()
                && proto.getDimsList().equals(other.proto.getDimsList())
                && (type() == ElementType.STRING
                        ? toStrings().equals(other.toStrings())
                        : bytes().equals(other.bytes()));
    }

    /** Refuses a tensor whose shape does not match its data, before anything is allocated by that shape. */
    void checkLength() {
        for (long dimension : proto.getDimsList()) {
            if (dimension < 0) {
                throw new Refusal(absurd());
            }
        }
        ElementType type = type();
        if (type.bytes() == 0) {
            return;
        }
        long bytes;
        try {
            bytes = Math.multiplyExact(size(), (long) type.bytes());
        } catch (ArithmeticException e) {
            throw new Refusal(absurd(), e);
        }
        if (bytes > Integer.MAX_VALUE) {
            throw new Refusal(absurd() + " Graft reads tensors up to 2 GiB.");
        }
        long stored = isExternal() ? ExternalData.of(proto, folder).length() : storedElements() * type.bytes();
        if (proto.hasRawData()) {
            stored = proto.getRawData().size();
        }
        if (elements != null) {
            stored = elements.remaining();
        }
        if (stored != bytes) {
            throw new Refusal("Tensor " + name() + " should hold " + bytes + " bytes for its shape " + shapeText()
                    + " but holds " + stored + ". The file is damaged: export or download it again.");
        }
    }

    private String absurd() {
        return "Tensor " + name() + " has the impossible shape " + shapeText()
                + ". The file is damaged: export or download it again.";
    }

    private String shapeText() {
        return proto.getDimsList().stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
    }

    private long storedElements() {
        return switch (type()) {
            case FLOAT -> proto.getFloatDataCount();
            case COMPLEX64 -> proto.getFloatDataCount() / 2;
            case DOUBLE -> proto.getDoubleDataCount();
            case COMPLEX128 -> proto.getDoubleDataCount() / 2;
            case INT64 -> proto.getInt64DataCount();
            case UINT32, UINT64 -> proto.getUint64DataCount();
            default -> proto.getInt32DataCount();
        };
    }

    private ByteBuffer typedFields() {
        ElementType type = type();
        ByteBuffer data = littleEndian(isPacked() ? proto.getInt32DataCount() : Math.toIntExact(size() * type.bytes()));
        switch (type) {
            case FLOAT, COMPLEX64 -> proto.getFloatDataList().forEach(data::putFloat);
            case DOUBLE, COMPLEX128 -> proto.getDoubleDataList().forEach(data::putDouble);
            case INT64 -> proto.getInt64DataList().forEach(data::putLong);
            case UINT64 -> proto.getUint64DataList().forEach(data::putLong);
            case UINT32 -> proto.getUint64DataList().forEach(v -> data.putInt(v.intValue()));
            case INT32 -> proto.getInt32DataList().forEach(data::putInt);
            case FLOAT16, BFLOAT16, INT16, UINT16 ->
                proto.getInt32DataList().forEach(v -> data.putShort(v.shortValue()));
            default -> proto.getInt32DataList().forEach(v -> data.put(v.byteValue()));
        }
        return data.flip().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    private ByteBuffer external() {
        if (Skeleton.isLeftOut(proto)) {
            throw new IllegalStateException("the elements of " + this + " were left out of a skeleton");
        }
        return ExternalData.of(proto, folder).map().order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** For messages: name, type and shape. */
    @Override
    public String toString() {
        return name() + " " + type() + shapeText();
    }

    TensorProto proto() {
        return elements == null ? proto : withBytes(bytes()).proto;
    }

    /** As written into a file of its own: external data is brought in. */
    TensorProto selfContained() {
        return isExternal() ? withBytes(bytes()).proto : proto();
    }

    static String entry(List<StringStringEntryProto> entries, String key) {
        for (StringStringEntryProto entry : entries) {
            if (entry.getKey().equals(key)) {
                return entry.getValue();
            }
        }
        return null;
    }
}
