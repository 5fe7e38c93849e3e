package graft.ops;

import ai.djl.ndarray.NDList;

/** One operator: takes its inputs and attributes, returns its outputs in the order of the ONNX specification. */
@FunctionalInterface
interface Op {
    /**
     * Results may be inputs themselves (Identity). Whatever is made on the way belongs to {@code in.manager()}, which
     * the caller closes.
     */
    NDList run(Call in);
}
