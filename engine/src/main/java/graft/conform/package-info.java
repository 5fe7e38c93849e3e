/**
 * Runs operator cases whose answers are known and says which agree. Knows nothing of how an operator is computed.
 */
package graft.conform;
