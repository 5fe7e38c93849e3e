/** Files that have their old or their new content, whatever happens meanwhile; JSON. Knows nothing of networks. */
package graft.files;
