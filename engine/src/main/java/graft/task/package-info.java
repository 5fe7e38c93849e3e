/** What a network is to answer: one file per task, and the table that names them. */
package graft.task;
