/**
 * How far a network that classifies can be trusted: temperature scaling, conformal sets. Works on what a shipped file answers,
 * through ONNX Runtime; knows nothing of training.
 */
package graft.trust;
