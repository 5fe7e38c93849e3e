/** Asks a network about inputs of which nobody knows the answer, and writes down what it says. Knows no kind of input. */
package graft.predict;
