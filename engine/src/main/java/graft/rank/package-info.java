/** Which of several networks suits a data set, told before any of them is fine-tuned. Knows nothing of training. */
package graft.rank;
