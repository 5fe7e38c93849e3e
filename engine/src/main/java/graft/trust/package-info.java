/**
 * How far a network that classifies can be trusted, and the labels it learnt from: temperature scaling, conformal sets, labels that
 * look wrong. Works on what a shipped file answers, and on what its body makes of examples, through ONNX Runtime; knows nothing of
 * training.
 */
package graft.trust;
