/** Runs ONNX models through ONNX Runtime. Knows nothing of training. */
package graft.inference;
