/**
 * Reads and writes {@code .onnx} files as plain values (model, graph, node, tensor) and cuts sub-graphs. Knows nothing
 * about computing. The protobuf message behind each value is kept, so what is not touched is written as it was read.
 */
package graft.onnx;
