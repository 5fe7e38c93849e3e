/** Which examples there are: classes, counts, thumbnails, what was left out. Knows nothing of networks. */
package graft.app.data;
