package graft.quantize;

import graft.onnx.Model;

/** An int8 network and what was done to get it. */
public record Quantized(Model model, QuantizationReport report) {}
