/** What it is to judge a network's answers: scores, and who gives them. */
package graft.judge;
