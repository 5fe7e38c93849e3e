/** What a run is to solve, whatever its task: network, objective, examples, judge, and rules for its weights. */
package graft.problem;
