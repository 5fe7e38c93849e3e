/** What training makes small: losses as ONNX models over a network's outputs and the targets. */
package graft.objective;
