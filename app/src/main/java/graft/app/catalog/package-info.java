/** The networks that are known by name, on this machine or elsewhere: looked through, fetched, removed. Opens none. */
package graft.app.catalog;
