/**
 * The loop that follows a plan, its optimizers, and the export of what was trained with its proof. Knows nothing of the
 * techniques beyond fine-tuning, nor of how results are judged and shipped.
 */
package graft.train;
