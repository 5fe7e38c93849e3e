/** How the tasks are shown: their data, their examples, an answer. One line per task in {@link graft.app.task.TaskViews}. */
package graft.app.task;
