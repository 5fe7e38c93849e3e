/**
 * A fine-tuning plan, the frontier between what is frozen and what learns, the loop that follows the plan, checkpoints.
 * Knows nothing of the techniques beyond fine-tuning, nor of how results are judged and shipped.
 */
package graft.train;
