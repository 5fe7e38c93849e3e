package graft.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.file.Path;

/** Says what is wrong with bytes that protobuf could not read: a network cut short names the tensor it ends in. */
final class Damage {
    private static final int MODEL_GRAPH = 7;
    private static final int GRAPH_NODE = 1;
    private static final int GRAPH_INITIALIZER = 5;
    private static final int TENSOR_NAME = 8;
    private static final int NODE_NAME = 3;

    private Damage() {}

    static String describe(Path file, byte[] bytes) {
        String place = cutAt(bytes);
        return place.isEmpty()
                ? file + " is not an ONNX network, or it is damaged. Choose a file exported as .onnx, or download it"
                        + " again."
                : file + " ends in the middle of " + place + ". Download or export it again.";
    }

    /** Follows the lengths down to the message that reaches beyond the end; "" where the bytes are no cut file. */
    private static String cutAt(byte[] bytes) {
        int[] graph = lastField(bytes, 0, bytes.length, MODEL_GRAPH);
        if (graph == null) {
            return "";
        }
        if (graph[1] <= bytes.length) {
            return "";
        }
        int[] initializer = lastField(bytes, graph[0], bytes.length, GRAPH_INITIALIZER);
        if (initializer != null && initializer[1] > bytes.length) {
            return "tensor " + name(bytes, initializer[0], TENSOR_NAME);
        }
        int[] node = lastField(bytes, graph[0], bytes.length, GRAPH_NODE);
        if (node != null && node[1] > bytes.length) {
            return "node " + name(bytes, node[0], NODE_NAME);
        }
        return "the graph";
    }

    /** Start and promised end of the last field {@code number} of the message in {@code from..to}; null if none. */
    private static int[] lastField(byte[] bytes, int from, int to, int number) {
        int[] found = null;
        CodedInputStream in = CodedInputStream.newInstance(bytes, from, to - from);
        try {
            while (!in.isAtEnd()) {
                int tag = in.readTag();
                if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
                    int length = in.readRawVarint32();
                    int start = from + in.getTotalBytesRead();
                    if (WireFormat.getTagFieldNumber(tag) == number) {
                        found = new int[] {start, start + length};
                    }
                    in.skipRawBytes(length);
                } else if (!in.skipField(tag)) {
                    return found;
                }
            }
        } catch (IOException endOfWhatCanBeRead) {
            return found; // the field that the cut lies in, or the last whole one before it
        }
        return found;
    }

    private static String name(byte[] bytes, int from, int number) {
        int[] field = lastField(bytes, from, bytes.length, number);
        return field == null || field[1] > bytes.length
                ? "without a name"
                : new String(bytes, field[0], field[1] - field[0], java.nio.charset.StandardCharsets.UTF_8);
    }
}
