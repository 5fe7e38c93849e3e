package graft.project;

import graft.Refusal;
import graft.files.AtomicFile;
import graft.files.Json;
import graft.onnx.NetworkFile;
import graft.options.Settings;
import graft.progress.Progress;
import graft.run.FineTuningPlan;
import graft.run.FineTuningResult;
import graft.run.PlanOptions;
import graft.train.FineTuner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * Many runs of one question by successive halving (Jamieson and Talwalkar 2016): all with few epochs, the better half with twice as
 * many, until two are left for all epochs. Each is a run of its own, with its folder and its place in the project; what was done is not
 * done again, so that a sweep that was killed goes on where it stopped.
 */
public final class Sweep {
    private static final String FILE = "sweep.json";

    private final Path out;
    private final List<Candidate> candidates;
    private final int epochs;
    private final ProjectFolder project;
    private final Progress progress;
    private final List<Row> rows = new ArrayList<>();

    /**
     * One way to go.
     *
     * @param plan with the epochs of the last round; its folder is another for each round
     */
    public record Candidate(FineTuningPlan plan, Optional<String> recipe, double rate) {
        private String name() {
            String network = plan.network().getFileName().toString().replaceFirst("\\.onnx$", "");
            return String.join(
                    "-",
                    network,
                    recipe.orElse("plan"),
                    PlanOptions.LEARNING_RATE.kind().text(rate));
        }
    }

    /**
     * A run of the sweep.
     *
     * @param round from 1
     * @param status of the run; {@code failed} where it was refused, or diverged
     * @param valScore null where there is none
     * @param words what came of it, where it failed
     */
    public record Row(
            int round,
            Path network,
            String recipe,
            double lr,
            int epochs,
            String status,
            Double valScore,
            Double valAccuracy,
            String metric,
            Double seconds,
            Path folder,
            String words) {}

    /**
     * All of them, in the order in which they were done.
     *
     * @param best of the last round
     */
    public record Result(List<Row> runs, Row best, boolean finished) {}

    /** What a folder was begun with. */
    private record Asked(List<String> candidates, int epochs) {}

    /** @param out a folder of its own */
    public Sweep(Path out, List<Candidate> candidates, ProjectFolder project, Progress progress) {
        this.out = out;
        this.candidates = List.copyOf(candidates);
        this.epochs = candidates.get(0).plan().get(PlanOptions.EPOCHS);
        this.project = project;
        this.progress = progress;
    }

    /**
     * Does what is not done.
     *
     * @throws Refusal where the folder holds another sweep, or every run failed
     */
    public Result run() {
        begin();
        List<Candidate> left = candidates;
        int rounds = rounds(candidates.size());
        try {
            for (int round = 1; round <= rounds; round++) {
                int count = Math.max(1, epochs >> (rounds - round));
                List<Row> done = new ArrayList<>();
                List<Candidate> able = new ArrayList<>();
                for (Candidate candidate : left) {
                    Row row = row(candidate, round, count, candidates.indexOf(candidate) + 1);
                    rows.add(row);
                    if (row.valScore() != null) {
                        done.add(row);
                        able.add(candidate);
                    }
                }
                left = better(able, done, round == rounds ? able.size() : (left.size() + 1) / 2);
                if (left.isEmpty()) {
                    throw new Refusal("None of the " + candidates.size() + " runs of the sweep in " + out
                            + " came to an end: " + rows.get(rows.size() - 1).words());
                }
            }
        } catch (CancellationException e) {
            return new Result(rows, null, false);
        }
        Row best = rows.stream()
                .filter(row -> row.round() == rounds && row.valScore() != null)
                .max(Comparator.comparing(Row::valScore))
                .orElseThrow();
        return new Result(rows, best, true);
    }

    /** So many that two or fewer are left for the last one. */
    static int rounds(int candidates) {
        int out = 1;
        for (int left = candidates; left > 2; left = (left + 1) / 2) {
            out++;
        }
        return out;
    }

    private static List<Candidate> better(List<Candidate> some, List<Row> rows, int count) {
        return some.stream()
                .sorted(Comparator.comparing(
                                (Candidate each) -> rows.get(some.indexOf(each)).valScore())
                        .reversed())
                .limit(count)
                .toList();
    }

    private void begin() {
        Asked asked = new Asked(candidates.stream().map(Candidate::name).toList(), epochs);
        Path file = out.resolve(FILE);
        if (Files.exists(file)) {
            if (!Json.read(file, Asked.class).equals(asked)) {
                throw new Refusal(
                        out + " holds another sweep. Go on with it by the command that began it, or name another folder"
                                + " with --out.");
            }
            return;
        }
        if (Files.exists(out)) {
            throw new Refusal(out + " exists already and holds no sweep. Name another folder with --out.");
        }
        try {
            Files.createDirectories(out);
        } catch (IOException e) {
            throw new Refusal("Cannot make " + out + ": " + AtomicFile.reason(e) + ".", e);
        }
        Json.write(file, asked);
    }

    private Row row(Candidate candidate, int round, int count, int number) {
        Path folder = out.resolve(String.format(Locale.ROOT, "%d-%02d-%s", round, number, candidate.name()));
        FineTuningPlan plan = candidate
                .plan()
                .with(Settings.NONE
                        .with(PlanOptions.EPOCHS, count)
                        .with(PlanOptions.RECIPE, candidate.recipe())
                        .with(PlanOptions.LEARNING_RATE, candidate.rate()))
                .withOut(folder);
        progress.note("Round " + round + ", run " + number + " of " + candidates.size() + ": " + candidate.name() + ", "
                + count + (count == 1 ? " epoch." : " epochs."));
        RunRecorder recorder = project.record(plan, progress);
        try {
            boolean begun = FineTuner.hasBegun(folder);
            FineTuningResult result = begun
                    ? FineTuner.resume(folder, recorder)
                    : FineTuner.run(plan, NetworkFile.at(plan.network()), recorder);
            recorder.ended(result);
            tag(folder);
            if (result.network() == null) {
                throw new CancellationException("within " + folder);
            }
            return new Row(
                    round,
                    plan.network(),
                    candidate.recipe().orElse(""),
                    candidate.rate(),
                    count,
                    result.status(),
                    result.valScore(),
                    result.valAccuracy(),
                    result.metric(),
                    result.seconds(),
                    folder,
                    "");
        } catch (Refusal e) {
            recorder.failed();
            progress.note("This one is left out: " + e.getMessage());
            return new Row(
                    round,
                    plan.network(),
                    candidate.recipe().orElse(""),
                    candidate.rate(),
                    count,
                    "failed",
                    null,
                    null,
                    null,
                    null,
                    folder,
                    Objects.requireNonNullElse(e.getMessage(), ""));
        }
    }

    /** Groups the runs in the history. */
    private void tag(Path folder) {
        project.runs().stream()
                .filter(run ->
                        run.folder().equals(folder.toString()) && run.tags().isEmpty())
                .forEach(run -> project.marks().tag(run.id(), "sweep " + out.getFileName()));
    }
}
