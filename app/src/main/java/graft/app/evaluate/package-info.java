/** How good the network of a run is, and which examples it gets wrong. */
package graft.app.evaluate;
