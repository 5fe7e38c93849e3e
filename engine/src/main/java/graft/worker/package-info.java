/**
 * What the window asks of a process of its own, and that process: each request is one engine call whose plan and result
 * travel as JSON. Knows nothing of the window.
 */
package graft.worker;
