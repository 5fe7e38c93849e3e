/** The one door to the network that machines have between them, and the count of what goes through it. Knows nobody who wants to go. */
package graft.online;
