/** A run: recipes and settings, the child process that trains, its curves and its confusion matrix. */
package graft.app.train;
