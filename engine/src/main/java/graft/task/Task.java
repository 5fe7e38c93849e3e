package graft.task;

import graft.judge.Judging;

/**
 * What a network is to answer: how its data are read, how it is asked, what head is put on, what is made small, how it is judged. Found by name
 * in {@link TaskTable}; saved by name in plans and files.
 *
 * @param name as Hugging Face calls it
 * @param sentence what it answers, for people
 */
public record Task(
        String name,
        String sentence,
        Reading reading,
        Questions questions,
        Heading heading,
        Objectives objectives,
        Judging judging) {
    /** Note of a network's file: the task it was trained for. */
    public static final String NOTE = "graft.task";
}
