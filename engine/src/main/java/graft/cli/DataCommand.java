package graft.cli;

import graft.Refusal;
import graft.data.Corrections;
import graft.data.JoinedData;
import graft.data.Skipped;
import graft.options.Settings;
import graft.progress.Progress;
import graft.run.PlanOptions;
import graft.run.RunFolder;
import graft.task.DataEdits;
import graft.task.Listing;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code graft data}: what is understood of a data set; its own commands put right what is known of it. */
@Command(
        name = "data",
        description =
                "Says what is understood of a data set; its own commands put right what is known of examples. No file of yours is"
                        + " changed: graft-data.json beside them keeps what was said, and every command reads it.",
        subcommands = {
            DataEditCommands.Relabel.class,
            DataEditCommands.LeaveOut.class,
            DataEditCommands.Rename.class,
            DataEditCommands.Add.class,
            DataEditCommands.Restore.class,
            AugmentationCommand.class
        },
        sortOptions = false)
final class DataCommand extends GraftCommand<DataCommand.Data> {
    /** How examples are named and split. */
    static final List<graft.options.Option<?>> READING = List.of(
            PlanOptions.TASK,
            PlanOptions.TEXT,
            PlanOptions.TEXT_PAIR,
            PlanOptions.LABEL,
            PlanOptions.SEED,
            PlanOptions.VAL_SHARE);

    @Option(names = "--data", paramLabel = "DATA", description = DataArguments.SOURCES)
    private List<Path> sources = new ArrayList<>();

    @Option(names = "--examples", description = "Lists the examples too, by the names that the commands below take.")
    private boolean examples;

    @Option(
            names = "--look",
            description =
                    "Opens every picture too: which are damaged, turned or nearly of one colour, and which look alike on both sides of"
                            + " the split though their files differ (scaled, cut a little, compressed anew).")
    private boolean look;

    @Option(names = "--class", paramLabel = "CLASS", description = "Of this class only.")
    private Optional<String> className;

    @Option(
            names = "--since",
            paramLabel = "RUN_DIR",
            description = "Says too which examples are others than those that a run began with.")
    private Optional<Path> since;

    /** How many examples of a class are learnt from, judged by while learning, and judged by at the end. */
    record Counts(String name, long train, long val, long test) {}

    record Example(String name, String className, String part) {}

    /**
     * What is understood.
     *
     * @param examples empty where they were not asked for
     * @param changes since a run began; "" where there are none, or it was not asked for
     */
    record Data(
            Path data,
            String task,
            List<Counts> classes,
            List<Skipped> skipped,
            List<String> remarks,
            List<Example> examples,
            Corrections corrections,
            String changes) {
        Data since(String changed) {
            return new Data(data, task, classes, skipped, remarks, examples, corrections, changed);
        }

        static Data of(Listing listing, Optional<String> className, boolean withExamples) {
            List<Listing.Listed> shown = listing.examples().stream()
                    .filter(each -> className.isEmpty() || each.counted().contains(className.get()))
                    .toList();
            return new Data(
                    listing.source(),
                    listing.task(),
                    listing.classes().stream()
                            .filter(name ->
                                    className.isEmpty() || className.get().equals(name))
                            .map(name -> new Counts(
                                    name,
                                    count(shown, name, "train"),
                                    count(shown, name, "val"),
                                    count(shown, name, "test")))
                            .toList(),
                    listing.skipped(),
                    listing.remarks().stream().map(remark -> remark.text()).toList(),
                    !withExamples
                            ? List.of()
                            : shown.stream()
                                    .map(each -> new Example(each.name(), each.className(), each.part()))
                                    .toList(),
                    listing.corrections(),
                    "");
        }

        private static long count(List<Listing.Listed> examples, String className, String part) {
            return examples.stream()
                    .filter(each -> each.part().equals(part))
                    .flatMap(each -> each.counted().stream())
                    .filter(className::equals)
                    .count();
        }
    }

    @Override
    public List<graft.options.Option<?>> options() {
        return READING;
    }

    /** One data set, or several as one. */
    static Path source(List<Path> sources) {
        if (sources.isEmpty()) {
            throw new Refusal(
                    "No data were named. Say which with --data DATA; `graft help data` lists what can be done.");
        }
        return JoinedData.of(sources);
    }

    static DataEdits edits(List<Path> sources, Settings settings) {
        return DataEdits.of(source(sources).toAbsolutePath().normalize(), settings);
    }

    @Override
    protected Data run(Progress progress) {
        DataEdits edits = edits(sources, settings());
        className.ifPresent(edits::ofClass); // which refuses a class that is not there
        return Data.of(look ? edits.looked(progress) : edits.before(), className, examples)
                .since(since.map(run -> RunFolder.changes(run, edits.before().classOf()))
                        .orElse(""));
    }

    @Override
    protected void print(Data data, PrintWriter out) {
        print(data, out, data.remarks().stream());
        since.ifPresent(run -> out.println(
                data.changes().isEmpty()
                        ? "They are those that " + run + " began with, as far as it is known."
                        : "Since " + run + " began, of the examples " + data.changes() + "."));
    }

    /** @param remarks those that are worth a line */
    static void print(Data data, PrintWriter out, Stream<String> remarks) {
        out.println(data.data() + ": " + data.task());
        int width = data.classes().stream()
                .mapToInt(each -> each.name().length())
                .max()
                .orElse(1);
        boolean tested = data.classes().stream().anyMatch(each -> each.test() > 0);
        out.printf("%-" + width + "s  train  val%s%n", "", tested ? "  test" : "");
        data.classes()
                .forEach(each -> out.printf(
                        "%-" + width + "s  %5d  %3d%s%n",
                        each.name(),
                        each.train(),
                        each.val(),
                        tested ? String.format("  %4d", each.test()) : ""));
        remarks.forEach(out::println);
        data.skipped().forEach(each -> out.println("left out: " + each.file() + " (" + each.reason() + ")"));
        data.examples().forEach(each -> out.println(each.part() + "\t" + each.className() + "\t" + each.name()));
    }
}
