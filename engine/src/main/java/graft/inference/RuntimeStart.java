package graft.inference;

import ai.onnxruntime.OrtEnvironment;

/** Starts ONNX Runtime, once per process. */
final class RuntimeStart {
    private static final long STACK_BYTES = 256L << 20;

    // Version 1.29 matches the command line of the process with a regular expression that recurses per character: on
    // the
    // usual stack of 1 MiB a class path of 4,000 characters ends the process. Only pages that are touched cost memory.
    static {
        Thread starter = new Thread(null, OrtEnvironment::getEnvironment, "onnxruntime-start", STACK_BYTES);
        starter.start();
        try {
            starter.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private RuntimeStart() {}

    static OrtEnvironment environment() {
        return OrtEnvironment.getEnvironment();
    }
}
