/** Techniques of transfer learning: each turns a problem into another. Knows no loop. */
package graft.transfer;
