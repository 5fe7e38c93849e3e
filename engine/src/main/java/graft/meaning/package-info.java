/** What a network's file means: which input takes the examples, which output answers, in which order its classes stand. */
package graft.meaning;
