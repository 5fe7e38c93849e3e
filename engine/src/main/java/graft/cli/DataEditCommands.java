package graft.cli;

import graft.Refusal;
import graft.data.Skipped;
import graft.progress.Progress;
import graft.task.AddedFiles;
import graft.task.DataEdits;
import graft.task.Listing;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What can be said of examples: {@code graft data relabel}, {@code leave-out}, {@code rename}, {@code add} and {@code restore}. */
final class DataEditCommands {
    private static final String NAMES = "Names of examples, as `graft data --examples` lists them.";

    private DataEditCommands() {}

    /**
     * What was done, and what the data are now.
     *
     * @param done in words
     * @param refused files that were not taken, and why
     */
    record Edited(String done, List<Skipped> refused, DataCommand.Data data) {
        static Edited of(String done, Listing now) {
            return new Edited(done, List.of(), DataCommand.Data.of(now, Optional.empty(), false));
        }
    }

    private abstract static class Edit extends GraftCommand<Edited> {
        @Option(names = "--data", required = true, paramLabel = "DATA", description = DataArguments.SOURCES)
        private List<Path> sources = new ArrayList<>();

        @Override
        public List<graft.options.Option<?>> options() {
            return DataCommand.READING;
        }

        protected abstract Edited edit(DataEdits edits, Progress progress);

        @Override
        protected final Edited run(Progress progress) {
            return edit(DataCommand.edits(sources, settings()), progress);
        }

        @Override
        protected void print(Edited result, PrintWriter out) {
            out.println(result.done());
            result.refused().forEach(each -> out.println("not taken: " + each.file() + " (" + each.reason() + ")"));
            DataCommand.print(result.data(), out, Stream.empty());
        }
    }

    private static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    @Command(name = "relabel", description = "Says that examples are of a class, which may be a new one.")
    static final class Relabel extends Edit {
        @Option(names = "--to", required = true, paramLabel = "CLASS", description = "The class that they are of.")
        private String className;

        @Parameters(paramLabel = "NAME", arity = "1..*", description = NAMES)
        private List<String> names;

        @Override
        protected Edited edit(DataEdits edits, Progress progress) {
            return Edited.of(
                    counted(names.size(), "example") + (names.size() == 1 ? " is " : " are ") + "of the class "
                            + className + " now.",
                    edits.relabel(names, className));
        }
    }

    @Command(name = "leave-out", description = "Leaves examples out of the data.")
    static final class LeaveOut extends Edit {
        @Option(names = "--class", paramLabel = "CLASS", description = "All examples of this class.")
        private Optional<String> className;

        @Parameters(paramLabel = "NAME", arity = "0..*", description = NAMES)
        private List<String> names = new ArrayList<>();

        @Override
        protected Edited edit(DataEdits edits, Progress progress) {
            LinkedHashSet<String> all = new LinkedHashSet<>(names);
            className.ifPresent(name -> all.addAll(edits.ofClass(name)));
            if (all.isEmpty()) {
                throw new Refusal("No example was named. Name examples, or a class with --class.");
            }
            return Edited.of(
                    counted(all.size(), "example") + (all.size() == 1 ? " is " : " are ") + "left out now.",
                    edits.leaveOut(List.copyOf(all)));
        }
    }

    @Command(
            name = "rename",
            description = "Calls a class by another name; where a class has that name, both become one.")
    static final class Rename extends Edit {
        @Parameters(index = "0", paramLabel = "CLASS", description = "The class.")
        private String className;

        @Parameters(index = "1", paramLabel = "NAME", description = "Its new name.")
        private String name;

        @Override
        protected Edited edit(DataEdits edits, Progress progress) {
            boolean both = edits.before().classes().contains(name);
            return Edited.of(
                    className + (both ? " and " + name + " are one class now." : " is called " + name + " now."),
                    edits.rename(className, name));
        }
    }

    @Command(
            name = "add",
            description =
                    "Makes files examples of a class: they stay where they are, and nothing is copied. Those of the data set itself"
                            + " change their class.")
    static final class Add extends Edit {
        @Option(names = "--to", required = true, paramLabel = "CLASS", description = "The class that they are of.")
        private String className;

        @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files, or folders of any depth.")
        private List<Path> files;

        @Override
        protected Edited edit(DataEdits edits, Progress progress) {
            AddedFiles found = edits.adding(files, className, progress);
            String done = counted(found.added(), "file") + " added to the class " + className
                    + (found.relabelled() == 0 ? "" : "; " + found.relabelled() + " of the data set moved to it")
                    + (found.already() == 0 ? "" : "; " + found.already() + " in it before")
                    + (found.refused().isEmpty() ? "" : "; " + found.refused().size() + " not taken")
                    + ". Nothing was copied.";
            Listing now = found.fix().isNone() ? edits.before() : edits.say(found.fix());
            return new Edited(done, found.refused(), DataCommand.Data.of(now, Optional.empty(), false));
        }
    }

    @Command(name = "restore", description = "Takes back what was said of examples, added files or classes.")
    static final class Restore extends Edit {
        @Option(names = "--all", description = "All that was said of the data.")
        private boolean all;

        @Parameters(
                paramLabel = "NAME",
                arity = "0..*",
                description =
                        "Names of examples, files or classes, as `graft data --json` lists them under corrections.")
        private List<String> names = new ArrayList<>();

        @Override
        protected Edited edit(DataEdits edits, Progress progress) {
            if (names.isEmpty() != all) {
                throw new Refusal("Name what is to be taken back, or pass --all to take back everything.");
            }
            return Edited.of(
                    all
                            ? "Everything that was said is taken back."
                            : counted(names.size(), "correction") + " taken back.",
                    edits.restore(new LinkedHashSet<>(names)));
        }
    }
}
