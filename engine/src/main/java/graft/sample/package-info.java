/** The sample data, which Graft draws and writes itself: pictures of surfaces, support mails, notes from a garden. */
package graft.sample;
