/**
 * Predictions against truth: accuracy with its interval, confusion matrix, scores per class, the worst examples, and the
 * pictures of them. Judges the file that ships, through ONNX Runtime; knows nothing of training.
 */
package graft.evaluate;
