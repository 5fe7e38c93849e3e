/** One run on disk: its plan, result, checkpoint and provenance. Knows nothing of how a run is computed. */
package graft.run;
