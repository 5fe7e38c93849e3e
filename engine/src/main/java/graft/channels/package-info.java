/**
 * Which channels of a network can only be taken out together, and networks without some of them. Knows nothing of training.
 */
package graft.channels;
