/** Networks to start from, and where they lie on this machine. Knows nothing of training. */
package graft.catalog;
