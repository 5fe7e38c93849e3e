/** Sentences whose words have tags: read, cut into windows for a network, judged. Knows nothing about training. */
package graft.tags;
