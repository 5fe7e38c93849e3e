/** Examples as rows of numbers that lie near each other where the examples are alike, and which lie nearest. Knows nothing of training. */
package graft.embed;
