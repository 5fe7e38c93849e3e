/**
 * How each ONNX operator is computed on DJL arrays, so that gradients come with it: one file per family, one line per
 * operator. Knows nothing of networks, files of data or training.
 */
package graft.ops;
