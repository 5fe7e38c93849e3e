/**
 * What the ONNX specification demands of operators, checked before native code sees a graph. Knows only what the file itself
 * says: shapes and sizes that are constant; what depends on data is left to whoever computes it.
 */
package graft.onnx.check;
