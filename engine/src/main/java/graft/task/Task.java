package graft.task;

import graft.Refusal;
import graft.data.Examples;
import graft.judge.Judging;
import graft.judge.Spotter;
import graft.options.Option;
import graft.options.Settings;
import graft.run.PlanGroups;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a network is to answer: how its data are read, how it is asked, what head is put on, what is made small, how it is
 * judged. Found by name in {@link TaskTable}; saved by name in plans and files.
 *
 * @param name as Hugging Face calls it
 * @param words what it is, for people: {@code docs/tasks.md}
 * @param options that make a difference for it, though not for every task
 * @param spotting reads places in texts out of answers; empty where answers are of whole examples
 */
public record Task(
        String name,
        Words words,
        Reading reading,
        Questions questions,
        Heading heading,
        Objectives objectives,
        Judging judging,
        List<Option<?>> options,
        Optional<Function<Examples, Spotter>> spotting) {

    /** One whose answers are classes or numbers of whole examples. */
    public Task(
            String name,
            Words words,
            Reading reading,
            Questions questions,
            Heading heading,
            Objectives objectives,
            Judging judging,
            List<Option<?>> options) {
        this(name, words, reading, questions, heading, objectives, judging, options, Optional.empty());
    }

    /**
     * A task in words.
     *
     * @param question that a network answers
     * @param data that are read
     * @param head that is put on, and the loss that is made small
     * @param scores the one that networks are chosen by first
     */
    public record Words(String question, String data, String head, String scores) {}

    /** Note of a network's file: the task it was trained for. */
    public static final String NOTE = "graft.task";

    /**
     * Options of how texts are read say that the user means texts.
     *
     * @param source the data, which are of this task
     * @throws Refusal where such an option is set, and the task reads no texts
     */
    public void refuseForeignReading(Path source, Settings settings) {
        refuseForeign(source, settings, List.of());
    }

    /**
     * The same of inputs that the network is to be asked about.
     *
     * @throws Refusal where such an option is set, and the inputs are no texts
     */
    public void refuseForeignAsking(Path input, Settings settings) {
        refuseForeign(input, settings, questions.options());
    }

    private void refuseForeign(Path source, Settings settings, List<Option<?>> read) {
        idle(settings).stream()
                .filter(option -> !read.contains(option))
                .filter(option -> option.group().equals(PlanGroups.TEXTS))
                .findFirst()
                .ifPresent(option -> {
                    throw new Refusal(option.name() + " says how texts are read, but " + source + " is read for " + name
                            + ", which takes " + questions.words()
                            + ". Leave it out, or give a table or a folder of texts.");
                });
    }

    /** Options that were set though they make a difference for other tasks only. */
    public List<Option<?>> idle(Settings settings) {
        return TaskTable.all().stream()
                .flatMap(task -> task.options().stream())
                .distinct()
                .filter(option -> !options.contains(option))
                .<Option<?>>filter(option -> settings.given(option)
                        .filter(value -> !value.equals(option.usual()))
                        .isPresent())
                .toList();
    }
}
