/** Widgets that know no engine call: curves, confusion matrix, drop zone. */
package graft.app.controls;
