/**
 * Files to ship: folded, fp16 and int8 forms of a network, each run in ONNX Runtime before it gets its name, and the
 * verdict that compares them. Knows nothing of training.
 */
package graft.deploy;
