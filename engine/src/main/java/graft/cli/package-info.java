/** The commands; each is one call of the engine. */
package graft.cli;
