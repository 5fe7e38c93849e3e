package graft.onnx;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;

/** How deeply the bodies of If, Loop and Scan may lie in each other. */
final class Nesting {
    /**
     * Each body is three messages (graph, node, attribute) inside of what holds it, and protobuf's readers, ONNX Runtime's
     * too, follow 100 messages.
     */
    static final int DEEPEST = 32;

    private Nesting() {}

    static String words() {
        return "Bodies of If, Loop or Scan lie in each other more than " + DEEPEST
                + " deep, which neither Graft nor ONNX"
                + " Runtime can read. Export the network with fewer branches inside of branches.";
    }

    /** Whether protobuf gave up because of it. */
    static boolean stopped(IOException e) {
        return e instanceof InvalidProtocolBufferException
                && String.valueOf(e.getMessage()).contains("too many levels of nesting");
    }
}
