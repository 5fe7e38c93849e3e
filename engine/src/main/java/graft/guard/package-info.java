/** What keeps a file from taking the program along: limits of time and memory, and clean words. Knows no network. */
package graft.guard;
