/** Takes channels out of a network and heals it: slimmer, faster, and taught by what it was. */
package graft.prune;
