package graft.cli;

import graft.progress.Progress;
import graft.project.ProjectFolder;
import graft.project.RunEntry;
import graft.project.RunMarks;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a user says of a run: {@code graft runs rename}, {@code note}, {@code tag}, {@code star} and {@code pin}. */
final class RunMarkCommands {
    private RunMarkCommands() {}

    /** Answers with the run as it then is. */
    private abstract static class Marking extends OfRun<RunEntry> {
        protected abstract void mark(RunMarks marks, long run);

        @Override
        protected RunEntry run(ProjectFolder folder, RunEntry run, Progress progress) {
            mark(folder.marks(), run.id());
            return RunsCommand.forScripts(folder.run(Long.toString(run.id())));
        }

        @Override
        protected void print(RunEntry result, PrintWriter out) {
            out.println(RunsCommand.line(result));
        }
    }

    @Command(name = "rename", description = "Gives a run a name of its own; its folder stays where it is.")
    static final class Rename extends Marking {
        @Parameters(index = "1", paramLabel = "NAME", description = "Its new name; \"\" takes it back.")
        private String name;

        @Override
        protected void mark(RunMarks marks, long run) {
            marks.rename(run, name);
        }
    }

    @Command(name = "note", description = "Writes a note on a run.")
    static final class Note extends Marking {
        @Parameters(index = "1", paramLabel = "WORDS", description = "The note; \"\" takes it back.")
        private String words;

        @Override
        protected void mark(RunMarks marks, long run) {
            marks.note(run, words);
        }
    }

    @Command(name = "tag", description = "Puts tags on a run.")
    static final class Tag extends Marking {
        @Parameters(index = "1", paramLabel = "TAGS", description = "Tags, separated by commas; \"\" takes them back.")
        private String tags;

        @Override
        protected void mark(RunMarks marks, long run) {
            marks.tag(run, tags);
        }
    }

    @Command(name = "star", description = "Marks a run as a favourite.")
    static final class Star extends Marking {
        @Option(names = "--off", description = "Takes the star back.")
        private boolean off;

        @Override
        protected void mark(RunMarks marks, long run) {
            marks.star(run, !off);
        }
    }

    @Command(name = "pin", description = "Keeps a run above the others in the window.")
    static final class Pin extends Marking {
        @Option(names = "--off", description = "Takes the pin back.")
        private boolean off;

        @Override
        protected void mark(RunMarks marks, long run) {
            marks.pin(run, !off);
        }
    }
}
