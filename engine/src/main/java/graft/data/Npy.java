package graft.data;

import graft.Refusal;
import graft.onnx.HalfFloats;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One array of NumPy's file format (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html), versions 1
 * to 3.
 *
 * @param kind NumPy's letter: f, i, u, b (bool), U (text of UTF-32 units), S (text of bytes)
 * @param width bytes per element
 * @param data the elements row by row, little-endian
 */
record Npy(char kind, int width, long[] shape, ByteBuffer data) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LONGEST_HEADER = 1 << 20;
    private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*'([<>|=]?)([a-zA-Z])(\\d+)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([^)]*)\\)");

    /** {@code name}: file and array, for messages. */
    static Npy read(InputStream stream, String name) {
        DataInputStream in = new DataInputStream(stream);
        try {
            String header = header(in, name);
            Matcher descr = DESCR.matcher(header);
            if (!descr.find()) {
                throw new Refusal(name + " does not hold plain numbers (its NumPy header says " + header.strip()
                        + "). Save it as float32 or int64 with numpy.savez.");
            }
            if (descr.group(1).equals(">")) {
                throw new Refusal(
                        name + " is big-endian. Save it with array.astype(array.dtype.newbyteorder('<')) first.");
            }
            char kind = descr.group(2).charAt(0);
            int width = Integer.parseInt(descr.group(3)) * (kind == 'U' ? 4 : 1);
            long[] shape = shape(header, name);
            byte[] data = new byte[byteCount(shape, width, name)];
            in.readFully(data);
            boolean fortran = find(ORDER, header, name).equals("True");
            byte[] rows = fortran && shape.length > 1 ? rowByRow(data, shape, width) : data;
            return new Npy(kind, width, shape, ByteBuffer.wrap(rows).order(ByteOrder.LITTLE_ENDIAN));
        } catch (EOFException e) {
            throw new Refusal(name + " ends before its last element. The file is cut short: save or copy it again.", e);
        } catch (NumberFormatException e) {
            throw new Refusal(
                    name + " has a NumPy header with an impossible number. The file is damaged: save or copy it again.",
                    e);
        } catch (IOException e) {
            throw new Refusal(
                    name + " cannot be read (" + e.getMessage() + "). The file is damaged: save or copy it again.", e);
        }
    }

    private static String header(DataInputStream in, String name) throws IOException {
        byte[] magic = new byte[MAGIC.length];
        in.readFully(magic);
        if (!Arrays.equals(magic, MAGIC)) {
            throw new Refusal(name + " is not a NumPy array. Save it with numpy.savez.");
        }
        int version = in.readUnsignedByte();
        in.readUnsignedByte();
        if (version < 1 || version > 3) {
            throw new Refusal(name + " has version " + version
                    + " of NumPy's file format; Graft reads 1 to 3. Save it with numpy.savez.");
        }
        // Version 1 has a length of 2 bytes, 2 and 3 of 4; little-endian, where DataInputStream reads big-endian.
        int length = version == 1 ? Short.reverseBytes(in.readShort()) & 0xffff : Integer.reverseBytes(in.readInt());
        if (length < 0 || length > LONGEST_HEADER) {
            throw new Refusal(name + " has an impossible header. The file is damaged: save or copy it again.");
        }
        byte[] text = new byte[length];
        in.readFully(text);
        return new String(text, version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
    }

    private static String find(Pattern pattern, String header, String name) {
        Matcher matcher = pattern.matcher(header);
        if (!matcher.find()) {
            throw new Refusal(name + " has a NumPy header that cannot be read (" + header.strip()
                    + "). Save it as float32 or int64 with numpy.savez.");
        }
        return matcher.group(1);
    }

    private static long[] shape(String header, String name) {
        return Arrays.stream(find(SHAPE, header, name).split(","))
                .map(String::strip)
                .filter(s -> !s.isEmpty())
                // Python 2 wrote 8L where a number was a long.
                .mapToLong(s -> Long.parseLong(s.endsWith("L") ? s.substring(0, s.length() - 1) : s))
                .toArray();
    }

    private static int byteCount(long[] shape, int width, String name) {
        long bytes = width;
        try {
            for (long axis : shape) {
                bytes = Math.multiplyExact(bytes, axis);
                if (axis < 0) {
                    throw new Refusal(name + " has the impossible shape " + Arrays.toString(shape) + ".");
                }
            }
            return Math.toIntExact(bytes);
        } catch (ArithmeticException e) {
            throw new Refusal(
                    name + " of shape " + Arrays.toString(shape)
                            + " is larger than 2 GiB, more than Graft reads as one array. Save fewer examples, or give"
                            + " pictures in folders.",
                    e);
        }
    }

    /** From column-major to row-major order. */
    private static byte[] rowByRow(byte[] columns, long[] shape, int width) {
        byte[] rows = new byte[columns.length];
        int rank = shape.length;
        long[] stride = new long[rank];
        long step = width;
        for (int axis = 0; axis < rank; axis++) {
            stride[axis] = step;
            step *= shape[axis];
        }
        long[] index = new long[rank];
        long from = 0;
        for (int to = 0; to < rows.length; to += width) {
            System.arraycopy(columns, (int) from, rows, to, width);
            for (int axis = rank - 1; axis >= 0; axis--) {
                from += stride[axis];
                if (++index[axis] < shape[axis]) {
                    break;
                }
                from -= stride[axis] * shape[axis];
                index[axis] = 0;
            }
        }
        return rows;
    }

    /** Number of elements. */
    int size() {
        return width == 0 ? 0 : data.capacity() / width;
    }

    boolean isInteger() {
        return kind == 'i' || kind == 'u';
    }

    /** An element of an integer array. */
    long integer(int i) {
        return switch (width) {
            case 1 -> kind == 'u' ? data.get(i) & 0xff : data.get(i);
            case 2 -> kind == 'u' ? data.getShort(2 * i) & 0xffff : data.getShort(2 * i);
            case 4 -> kind == 'u' ? data.getInt(4 * i) & 0xffffffffL : data.getInt(4 * i);
            default -> data.getLong(8 * i);
        };
    }

    /** An element of an array of float16, float32 or float64. */
    double number(int i) {
        return switch (width) {
            case 2 -> HalfFloats.halfToFloat(data.getShort(2 * i));
            case 4 -> data.getFloat(4 * i);
            default -> data.getDouble(8 * i);
        };
    }

    /** An element of a text array. */
    String text(int i) {
        StringBuilder out = new StringBuilder();
        int unit = kind == 'U' ? 4 : 1;
        for (int at = i * width; at < (i + 1) * width; at += unit) {
            int code = unit == 4 ? data.getInt(at) : data.get(at) & 0xff;
            if (code != 0 && Character.isValidCodePoint(code)) {
                out.appendCodePoint(code);
            }
        }
        return out.toString();
    }

    /** "float32 [10, 3]". */
    @Override
    public String toString() {
        String word =
                switch (kind) {
                    case 'f' -> "float";
                    case 'i' -> "int";
                    case 'u' -> "uint";
                    case 'b' -> "bool";
                    case 'c' -> "complex";
                    default -> "text";
                };
        return word + (kind == 'f' || kind == 'i' || kind == 'u' ? 8 * width : "") + " " + Arrays.toString(shape);
    }
}
