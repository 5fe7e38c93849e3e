/** Lower precision: fp16 and int8 forms of a network, each run in ONNX Runtime before it gets its name. Knows nothing of training. */
package graft.quantize;
