/** Episodes: a few examples of a few classes, and questions about others of them. Knows no network. */
package graft.episodes;
