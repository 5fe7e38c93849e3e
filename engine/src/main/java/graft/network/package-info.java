/**
 * A graph as the user's network: layers, body and head, which tensors learn. Knows nothing of data and training. Constant
 * parts of a graph are computed by ONNX Runtime, so that opening a network never loads PyTorch.
 */
package graft.network;
