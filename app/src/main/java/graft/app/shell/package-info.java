/** The window around the screens: project tree, tabs, inspector, the five steps. Knows the screens, not what they do. */
package graft.app.shell;
