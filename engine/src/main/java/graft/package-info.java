/** What every part of the engine shares: how a request is refused. */
package graft;
