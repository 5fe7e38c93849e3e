package graft.cli;

import graft.online.TrafficCount;
import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** The options that every command has. */
@Heading(OutputOptions.HEADING)
final class OutputOptions {
    static final String HEADING = "What is printed";

    @Option(names = "--json", description = "Print exactly one JSON object on standard output.")
    private boolean json;

    @Option(names = "--events", description = "Report progress on standard error as JSON lines.")
    private boolean events;

    @Option(names = "--verbose", description = "Print the stack trace of an error.")
    private boolean verbose;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    private boolean help;

    boolean json() {
        return json;
    }

    boolean verbose() {
        return verbose;
    }

    ConsoleProgress progress(PrintWriter err, Interrupts interrupts) {
        ConsoleProgress progress = new ConsoleProgress(err, events, interrupts);
        if (events) {
            TrafficCount.OF_THIS_PROCESS.tell(progress::report);
        }
        return progress;
    }
}
