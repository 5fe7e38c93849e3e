/**
 * Files on disk as labelled examples: picture folders and arrays, split, prepared and augmented. Knows nothing about
 * training, and nothing of PyTorch.
 */
package graft.data;
