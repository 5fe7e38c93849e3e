/** How pictures are to be prepared for a network whose file does not say it, by what the network makes of some. Knows nothing of training. */
package graft.preparation;
