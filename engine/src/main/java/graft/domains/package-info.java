/** How far two domains look apart to a network: its features of both as a picture and as one number. Knows nothing of training. */
package graft.domains;
