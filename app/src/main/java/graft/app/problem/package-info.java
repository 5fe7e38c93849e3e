/** What is not as it should be, as every screen tells it. Knows no screen. */
package graft.app.problem;
