/** The JavaFX workbench; calls the engine, and is called by nobody. */
package graft.app;
