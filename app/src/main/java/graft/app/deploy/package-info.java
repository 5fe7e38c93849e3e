/** The forms a network can be shipped in, compared, and saved. */
package graft.app.deploy;
