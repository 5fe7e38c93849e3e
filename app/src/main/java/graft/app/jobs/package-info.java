/** Long work away from the FX thread, and the only door back to it. Knows nothing of what the work is. */
package graft.app.jobs;
