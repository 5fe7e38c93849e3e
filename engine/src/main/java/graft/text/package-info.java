/** Texts with labels, out of tables and folders, and as numbers for a network. Knows nothing about training. */
package graft.text;
