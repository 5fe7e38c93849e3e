/** Which project is open, and how one comes to another. Knows nothing of what is in a project. */
package graft.app.project;
