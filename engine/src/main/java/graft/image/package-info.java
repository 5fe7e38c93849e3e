/**
 * Pictures as labelled examples: folders of them, read as viewers show them, prepared and augmented. Knows nothing about
 * training, and nothing of PyTorch.
 */
package graft.image;
