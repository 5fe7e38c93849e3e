package graft.cli;

import graft.demo.Demo;
import graft.demo.DemoPlan;
import graft.demo.DemoResult;
import graft.files.Home;
import graft.options.Settings;
import graft.progress.Progress;
import graft.run.PlanOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code graft demo}. */
@Command(
        name = "demo",
        description =
                "Fine-tunes the built-in network on the sample, compares it with one trained from scratch, and makes it"
                        + " int8.",
        sortOptions = false)
final class DemoCommand extends GraftCommand<DemoResult> {
    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where to write; an earlier demo there is replaced (default: GRAFT_HOME/demo).")
    private Optional<Path> out;

    private static final graft.options.Option<Integer> EPOCHS =
            PlanOptions.EPOCHS.usually(20).in(OwnOptions.GROUP);
    private static final graft.options.Option<Long> SEED = PlanOptions.SEED.in(OwnOptions.GROUP);
    // One thread: on a machine with other work, several would wait for each other at each of many small operators.
    private static final graft.options.Option<Integer> THREADS =
            PlanOptions.THREADS.usually(1).in(OwnOptions.GROUP);

    @Override
    public List<graft.options.Option<?>> options() {
        return List.of(EPOCHS, SEED, THREADS);
    }

    @Override
    protected DemoResult run(Progress progress) {
        Settings given = settings();
        return Demo.run(
                new DemoPlan(
                        out.orElseGet(() -> Home.folder().resolve("demo")),
                        given.get(EPOCHS),
                        given.get(SEED),
                        given.get(THREADS)),
                progress);
    }

    @Override
    protected void print(DemoResult result, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%d drawn pictures of surfaces to learn from, %d to judge by; %d epochs.%n",
                result.trainExamples(),
                result.valExamples(),
                result.epochs());
        out.printf(
                Locale.ROOT,
                "Fine-tuned    %.1f %% (%.1f–%.1f)%n",
                100 * result.valAccuracy(),
                100 * result.valInterval()[0],
                100 * result.valInterval()[1]);
        out.printf(
                Locale.ROOT,
                "From scratch  %.1f %%: transfer learning is worth %.1f points here%n",
                100 * result.scratchAccuracy(),
                result.gainPoints());
        out.printf(
                Locale.ROOT,
                "int8          %.1f %%, %,d bytes instead of %,d; says the same on %.1f %% of the pictures%n",
                100 * result.int8Accuracy(),
                result.int8Bytes(),
                result.fp32Bytes(),
                100 * result.int8Agreement());
        out.printf(
                Locale.ROOT,
                "ONNX Runtime answers from the written file as the network was trained, to %.1e.%n",
                result.parityMaxAbs());
        out.printf(Locale.ROOT, "Took %.0f s. Written:%n", result.seconds());
        result.files().forEach(file -> out.println("  " + file));
    }
}
