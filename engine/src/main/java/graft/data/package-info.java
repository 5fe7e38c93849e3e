/**
 * Labelled examples, their parts and splits, out of arrays or of files that another package reads. Knows nothing about
 * training, and nothing of PyTorch.
 */
package graft.data;
