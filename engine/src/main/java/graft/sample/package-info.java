/** The sample data, which Graft draws and writes itself: pictures of surfaces, support mails. */
package graft.sample;
