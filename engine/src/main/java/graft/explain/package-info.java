/**
 * What in an example an answer rests on: maps over pictures, weights of words. Asks a file; knows nothing of training, nor of how far
 * answers can be trusted.
 */
package graft.explain;
