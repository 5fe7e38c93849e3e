/**
 * Files to ship: the forms of a network judged side by side, the verdict that compares them, and the program that uses one.
 * Knows nothing of training.
 */
package graft.deploy;
