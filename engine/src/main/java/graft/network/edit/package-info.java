/** Changes to a network's graph that a user makes by hand: inserts, deletes, cuts. Knows nothing of training. */
package graft.network.edit;
