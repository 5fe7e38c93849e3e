/** The proof of a network's gradients: held against measured slopes, in double precision. Knows nothing of training. */
package graft.gradcheck;
