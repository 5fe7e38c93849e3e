/** What a handful of examples per class is enough for: classes added to a file, episodes that tell how well features serve. */
package graft.fewshot;
