/** What the window remembers from one start to the next. Knows no screen. */
package graft.app.memory;
