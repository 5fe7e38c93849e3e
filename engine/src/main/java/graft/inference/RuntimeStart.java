package graft.inference;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;

/** Starts ONNX Runtime, once per process. */
final class RuntimeStart {
    private static final long STACK_BYTES = 256L << 20;

    // Version 1.29 matches the command line of the process with a regular expression that recurses per character: on
    // the
    // usual stack of 1 MiB a class path of 4,000 characters ends the process. Only pages that are touched cost memory.
    static {
        Thread starter = new Thread(null, new Silent(), "onnxruntime-start", STACK_BYTES);
        starter.start();
        try {
            starter.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private RuntimeStart() {}

    /** A class of its own: the thread that waits for it is still initialising the outer one. */
    private static final class Silent implements Runnable {
        // From 1.29 on the runtime gathers usage reports for Microsoft. The start scripts forbid it from the process's
        // first moment (ORT_DISABLE_TELEMETRY), this forbids it to a process started otherwise.
        @Override
        public void run() {
            try {
                OrtEnvironment.getEnvironment().setTelemetry(false);
            } catch (OrtException e) {
                throw new IllegalStateException("ONNX Runtime cannot be kept from reporting its use", e);
            }
        }
    }

    static OrtEnvironment environment() {
        return OrtEnvironment.getEnvironment();
    }
}
