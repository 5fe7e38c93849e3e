package graft.cli;

import graft.Refusal;
import graft.files.NativeLibraries;
import java.io.PrintWriter;
import java.util.Arrays;
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
        versionProvider = Main.Version.class,
        subcommands = {
            DemoCommand.class,
            LayersCommand.class,
            ConvertCommand.class,
            UntrainedCommand.class,
            TrainCommand.class,
            ResumeCommand.class,
            RunsCommand.class,
            EvaluateCommand.class,
            QuantizeCommand.class,
            DeployCommand.class,
            GradcheckCommand.class,
            ConformCommand.class,
            BenchCommand.class
        })
public final class Main {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int INTERRUPTED = 130;

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"graft " + (version == null ? "(not packaged)" : version)};
        }
    }

    private Main() {}

    public static void main(String[] args) {
        NativeLibraries.announce();
        System.exit(run(new PrintWriter(System.out), new PrintWriter(System.err), args));
    }

    /** 0 = done, 1 = refused or failed, 2 = bad usage, 130 = interrupted. */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        if (args.length == 1 && args[0].equals("--version")) {
            // Asked by scripts and installers: no command needs to be looked at for it.
            out.println(new Version().getVersion()[0]);
            out.flush();
            return DONE;
        }
        CommandLine line = new CommandLine(new Main())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Main::explain);
        int code = args.length == 0 ? usage(line) : line.execute(args);
        out.flush();
        err.flush();
        return code;
    }

    private static int usage(CommandLine line) {
        line.usage(line.getOut());
        return DONE;
    }

    private static int explain(Exception error, CommandLine line, ParseResult parsed) {
        PrintWriter err = line.getErr();
        if (error instanceof CancellationException) {
            err.println("graft: interrupted (" + error.getMessage() + "); nothing was written.");
            return INTERRUPTED;
        }
        if (error instanceof Refusal) {
            err.println("graft: " + error.getMessage());
        } else {
            err.println("graft: something went wrong inside Graft: " + error
                    + ". Run the command again with --verbose and report what it prints.");
        }
        if (Arrays.asList("--verbose").stream().anyMatch(parsed.originalArgs()::contains)) {
            error.printStackTrace(err);
        }
        return FAILED;
    }
}
