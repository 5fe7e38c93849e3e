/** Which network, its layers and what of it may learn. Knows nothing of how it learns. */
package graft.app.network;
