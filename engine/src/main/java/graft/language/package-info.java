/** Texts that a network goes on with, or fills gaps of: read, cut into blocks, judged, written on. Knows nothing about training. */
package graft.language;
