package graft.cli;

import graft.files.NativeLibraries;
import graft.guard.Guard;
import graft.guard.PlainText;
import java.io.PrintWriter;
import java.util.concurrent.CancellationException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParseResult;

/** {@code graft COMMAND}. */
@Command(
        name = "graft",
        description = "Fine-tunes pre-trained ONNX networks and ships them as ONNX.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
public final class Main {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final long STACK_BYTES = 256L << 20;

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"graft " + (version == null ? "(not packaged)" : version)};
        }
    }

    private Main() {}

    public static void main(String[] args) {
        Interrupts.endAtOnce();
        NativeLibraries.announce();
        Guard.mayEndThisProcess();
        // Native libraries follow nested graphs by recursion: on the usual stack of 1 MiB a few hundred levels end the
        // process. Only pages that are touched cost memory.
        Thread command = new Thread(
                null,
                () -> System.exit(run(new PrintWriter(System.out), new PrintWriter(System.err), args)),
                "command",
                STACK_BYTES);
        command.start();
    }

    /** 0 = done, 1 = refused or failed, 2 = bad usage, 130 = interrupted. */
    static int run(PrintWriter standardOut, PrintWriter standardErr, String... args) {
        PrintWriter out = new PrintWriter(new PlainText(standardOut));
        PrintWriter err = new PrintWriter(new PlainText(standardErr), true);
        if (args.length == 1 && args[0].equals("--version")) {
            // Asked by scripts and installers: no command needs to be looked at for it.
            out.println(new Version().getVersion()[0]);
            out.flush();
            return DONE;
        }
        CommandLine line = line(args).setOut(out).setErr(err);
        int code;
        try {
            code = args.length == 0 ? usage(line) : line.execute(args);
        } catch (Error e) {
            // picocli hands exceptions to its handler, errors it lets through.
            code = explain(e, chosen(line), line.getParseResult());
        }
        out.flush();
        if (code == DONE && standardOut.checkError()) {
            err.println("graft: the result cannot be written to standard output: it is closed, or its disk is full.");
            code = FAILED;
        }
        err.flush();
        return code;
    }

    /** The commands that {@code arguments} can mean; without arguments all. */
    static CommandLine line(String... arguments) {
        CommandLine line = new CommandLine(new Main());
        Commands.addTo(line, arguments);
        line.setCaseInsensitiveEnumValuesAllowed(true).setExecutionExceptionHandler(Main::explain);
        OptionSpecs.addTo(line);
        BadUsage.refusedBy(line);
        HelpText.explains(line);
        return line;
    }

    private static int usage(CommandLine line) {
        line.usage(line.getOut());
        return DONE;
    }

    /** The innermost command that was typed. */
    private static CommandLine chosen(CommandLine line) {
        ParseResult parsed = line.getParseResult();
        while (parsed.hasSubcommand()) {
            parsed = parsed.subcommand();
        }
        return parsed.commandSpec().commandLine();
    }

    private static int explain(Throwable error, CommandLine line, ParseResult parsed) {
        PrintWriter err = line.getErr();
        if (error instanceof CancellationException) {
            String afterwards = line.getCommand() instanceof GraftCommand<?> command ? command.afterInterruption() : "";
            err.println("graft: interrupted (" + error.getMessage() + "); " + afterwards);
            return Interrupts.EXIT_CODE;
        }
        err.println("graft: " + Failure.words(error, Failure.subjects(line.getCommandSpec())));
        if (parsed.originalArgs().contains("--verbose")) {
            error.printStackTrace(err);
        }
        return FAILED;
    }
}
