/** How a long call reports what it does and learns that it is no longer wanted. Knows nothing else. */
package graft.progress;
