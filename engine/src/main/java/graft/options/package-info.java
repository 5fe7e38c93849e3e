/** What can be set, each thing described once, and what is set. Knows none of the settings and no command line. */
package graft.options;
