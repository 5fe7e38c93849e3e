/** The main job once through, on what Graft brings along. Knows nothing of the command line. */
package graft.demo;
