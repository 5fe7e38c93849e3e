package graft.cli;

import graft.files.Json;
import graft.options.Option;
import graft.options.Settings;
import graft.progress.Progress;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * One command: options are fields or come from a table, {@link #run} is the engine call, its result is printed as JSON or as text.
 *
 * @param <R> what the engine call returns; its record components become the JSON keys
 */
abstract class GraftCommand<R> implements Callable<Integer>, Offering {
    private static final int USUAL_BATCH = 16;

    @Mixin
    private OutputOptions output;

    @Spec
    private CommandSpec spec;

    @Override
    public List<Option<?>> options() {
        return List.of();
    }

    /** What was given to the options from tables, those that are mixed in too. */
    protected final Settings settings() {
        return OptionSpecs.given(spec);
    }

    /** Whether nothing but one JSON object is printed. */
    protected final boolean isJson() {
        return output.json();
    }

    /** The engine call. */
    protected abstract R run(Progress progress);

    /** The result for a person, on standard output. */
    protected abstract void print(R result, PrintWriter out);

    @Override
    public Integer call() {
        R result;
        PrintWriter err = spec.commandLine().getErr();
        try (Interrupts interrupts = new Interrupts(err, this::afterInterruption);
                GuardedProgress progress = GuardedProgress.over(
                        Failure.subjects(spec), Math.max(1, examplesAtOnce()), output.progress(err, interrupts), err)) {
            result = run(progress);
            if (interrupts.asked() && exitCode(result) == Interrupts.EXIT_CODE) {
                err.println("graft: interrupted; " + afterInterruption());
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        if (output.json()) {
            out.println(Json.write(result));
        } else {
            print(result, out);
        }
        out.flush();
        return exitCode(result);
    }

    /** Examples that are worked on together: what is fair to need grows with them. */
    protected int examplesAtOnce() {
        return USUAL_BATCH;
    }

    /** What can be done after an interruption; follows "interrupted;". */
    protected String afterInterruption() {
        return "nothing was finished. Start it again.";
    }

    /** 0 = done; a run that was interrupted says 130. */
    protected int exitCode(R result) {
        return 0;
    }
}
