/** Graphs into graphs that answer the same: freed, untied, raised, folded, of fp32. Knows nothing of layers and training. */
package graft.rewrite;
