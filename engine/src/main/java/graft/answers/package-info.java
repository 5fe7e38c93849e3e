/** Questions whose answers are stretches of passages: read, cut into windows for a network, judged. Knows nothing about training. */
package graft.answers;
