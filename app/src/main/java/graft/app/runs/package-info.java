/** The runs of the project: what was tried and what came of it. */
package graft.app.runs;
