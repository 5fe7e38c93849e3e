/** The visual language: the two themes, whose colours and styles lie beside. Knows no screen. */
package graft.app.look;
