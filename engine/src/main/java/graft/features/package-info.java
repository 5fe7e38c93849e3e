/**
 * The frontier between what is frozen and what learns, and the tensors that cross it, computed once and kept. Knows
 * nothing of loss and weights that change.
 */
package graft.features;
