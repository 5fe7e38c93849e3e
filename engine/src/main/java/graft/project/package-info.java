/** The project folder: which runs there were, what they were asked, how they went and what came of them. */
package graft.project;
