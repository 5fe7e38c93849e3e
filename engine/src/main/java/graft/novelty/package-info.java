/**
 * How unlike the examples that a network learnt from an example is, whatever it is answered. Works on what a shipped file makes of examples
 * before its last layer, through ONNX Runtime; knows nothing of training.
 */
package graft.novelty;
