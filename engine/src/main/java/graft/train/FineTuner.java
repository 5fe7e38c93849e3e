package graft.train;

import ai.djl.ndarray.NDManager;
import graft.Refusal;
import graft.data.DataSet;
import graft.data.Examples;
import graft.data.Target;
import graft.network.FeatureFinder;
import graft.network.Head;
import graft.network.Importer;
import graft.network.Network;
import graft.onnx.NetworkFile;
import graft.ops.TorchEngine;
import graft.problem.Problem;
import graft.progress.Progress;
import graft.run.Checkpoint;
import graft.run.Checkpoints;
import graft.run.FineTuningPlan;
import graft.run.FineTuningResult;
import graft.run.FineTuningResult.CacheUse;
import graft.run.FineTuningResult.OnTarget;
import graft.run.Fit;
import graft.run.IdleOptions;
import graft.run.PlanOptions;
import graft.run.Position;
import graft.run.Provenance;
import graft.run.Recipes;
import graft.run.RunFolder;
import graft.task.EpisodicTask;
import graft.task.HeadChoice;
import graft.task.Reading;
import graft.task.Task;
import graft.task.TaskTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Fine-tunes a network by a plan: a plan goes in, a result comes out, and the run folder holds both. */
public final class FineTuner {
    private FineTuner() {}

    /** A run of which nothing is of use: gone on with, it would end in the same way. */
    private static final class Diverged extends Refusal {
        private static final long serialVersionUID = 1L;

        Diverged(String message) {
            super(message);
        }
    }

    /**
     * Starts a run.
     *
     * @throws Refusal saying what stands in the way
     */
    public static FineTuningResult run(FineTuningPlan plan, Progress progress) {
        return run(plan, NetworkFile.at(plan.network()), progress);
    }

    /**
     * Starts a run.
     *
     * @param file that of the plan, which may have been read
     */
    public static FineTuningResult run(FineTuningPlan plan, NetworkFile file, Progress progress) {
        return run(plan, task(plan), file, progress);
    }

    /**
     * Starts a run.
     *
     * @param task also one that stands in no table; to go on with its run, it is to be given again
     */
    public static FineTuningResult run(FineTuningPlan asked, Task task, NetworkFile file, Progress progress) {
        FineTuningPlan plan =
                RateFinder.settled(RecipeChooser.settled(asked, task, file, progress), task, file, progress);
        try (RunFolder folder = RunFolder.create(plan)) {
            try {
                return run(plan, task, folder, file, Optional.empty(), progress);
            } catch (Diverged e) {
                folder.abandon();
                throw e;
            } catch (Refusal e) {
                folder.abandonIfNothingWasLearnt();
                throw e;
            }
        }
    }

    /** Goes on with a run that was stopped or killed; a finished one answers with its result. */
    public static FineTuningResult resume(Path runFolder, Progress progress) {
        return resume(runFolder, Optional.empty(), progress);
    }

    /**
     * The same with data that were moved; the run remembers where they are now.
     *
     * @throws Refusal where they are not the data that the run began with
     */
    public static FineTuningResult resume(Path runFolder, Optional<Path> data, Progress progress) {
        return resume(runFolder, FineTuner::task, data, progress);
    }

    /**
     * The same.
     *
     * @param tasks says the task of a plan
     */
    public static FineTuningResult resume(
            Path runFolder, Function<FineTuningPlan, Task> tasks, Optional<Path> data, Progress progress) {
        try (RunFolder folder = RunFolder.open(runFolder)) {
            Optional<FineTuningResult> finished = folder.result().filter(result -> !result.wasStopped());
            if (finished.isPresent()) {
                progress.note("The run in " + runFolder + " is finished; this is its result.");
                return finished.get();
            }
            FineTuningPlan plan = plan(folder, data);
            if (!Files.exists(plan.data())) {
                throw new Refusal(
                        "There is no " + plan.data() + ", from which the run learns. If it was moved, say where to:"
                                + " `graft resume " + runFolder + " --data PLACE`.");
            }
            try {
                return run(
                        plan,
                        tasks.apply(plan),
                        folder,
                        NetworkFile.at(plan.network()),
                        Checkpoint.read(folder.file(Checkpoint.FILE)),
                        progress);
            } catch (Diverged e) {
                folder.abandon();
                throw e;
            }
        }
    }

    /**
     * Plans more epochs for a run; {@link #resume} then does them.
     *
     * @param epochs in all
     */
    public static void extend(Path runFolder, int epochs) {
        try (RunFolder folder = RunFolder.open(runFolder)) {
            folder.extend(epochs);
        }
    }

    /** Whether a folder holds a run that can be resumed. */
    public static boolean hasBegun(Path runFolder) {
        return RunFolder.holdsRun(runFolder);
    }

    /** The plan that the run in a folder follows. */
    public static FineTuningPlan plan(Path runFolder) {
        return plan(runFolder, Optional.empty());
    }

    /** The same for data that were moved. */
    public static FineTuningPlan plan(Path runFolder, Optional<Path> data) {
        try (RunFolder folder = RunFolder.open(runFolder)) {
            return plan(folder, data);
        }
    }

    private static Task task(FineTuningPlan plan) {
        Task task = TaskTable.of(plan.data(), plan.get(PlanOptions.TASK));
        return Fit.of(plan.settings()) == Fit.EPISODES ? EpisodicTask.of(task, plan.settings()) : task;
    }

    private static FineTuningPlan plan(RunFolder folder, Optional<Path> data) {
        return data.map(folder.plan()::withData).orElseGet(folder::plan);
    }

    /** What a plan names, opened. */
    record Given(FineTuningPlan plan, Task task, Network opened, DataSet data) {
        /** With the new head on the network. */
        RunParts parts(Further further, Progress progress) {
            Company company = new Company(plan.network(), data.train(), progress);
            Network headed = headed(opened, plan, task, data, company);
            Hindrances.refuseBrokenWeights(headed, plan);
            return new RunParts(
                    plan, task, data, further, headed, SmallParts.of(headed, plan, progress), company, progress);
        }
    }

    /** Opens network and data. */
    static Given given(FineTuningPlan asked, Task task, NetworkFile file, Progress progress) {
        TorchEngine.require(asked.computing().device());
        progress.stage("opening the network", 0, 0);
        Network opened = Importer.of(asked.network(), file.model(), asked.reading());
        FineTuningPlan plan = Recipes.expanded(asked, opened);
        opened.report().lines().forEach(progress::note);
        Hindrances.refuse(opened, plan);
        task.refuseForeignReading(plan.data(), plan.settings());
        IdleOptions.of(asked.settings()).forEach(progress::note);
        task.idle(plan.settings())
                .forEach(option -> progress.note(
                        option.name() + " is left aside: it makes no difference to " + task.name() + "."));
        Set<String> fixed = plan.reading().inputs().keySet();
        DataSet data = task.reading()
                .open(
                        plan.data(),
                        plan.network(),
                        new Reading.How(opened.model(), plan::preprocessing, plan.settings(), fixed),
                        progress)
                .fedTo(plan.network(), opened.model().graph().inputs());
        return new Given(plan, task, opened, data);
    }

    private static FineTuningResult run(
            FineTuningPlan asked,
            Task task,
            RunFolder folder,
            NetworkFile file,
            Optional<Checkpoint> from,
            Progress progress) {
        long start = System.nanoTime();
        Given given = given(asked, task, file, progress);
        FineTuningPlan plan = given.plan();
        DataSet data = given.data();
        try (Further further = Further.open(plan, task, given.opened(), data, progress)) {
            return run(given, file, further, folder, from, start, progress);
        }
    }

    private static FineTuningResult run(
            Given given,
            NetworkFile file,
            Further further,
            RunFolder folder,
            Optional<Checkpoint> from,
            long start,
            Progress progress) {
        FineTuningPlan plan = given.plan();
        DataSet data = given.data();
        Task task = given.task();
        Map<String, String> provenance =
                Provenance.of(plan, data, further.target().map(Target::data));
        from.ifPresent(checkpoint ->
                Provenance.requireSame(checkpoint.provenance(), provenance, plan, () -> folder.changesIn(data)));
        folder.remember(plan);
        folder.remember(data);
        RunParts parts = given.parts(further, progress);
        try (NDManager manager = TorchEngine.start(
                        plan.get(PlanOptions.THREADS), plan.computing().device());
                StagedRun run = new StagedRun(
                        parts,
                        new Checkpoints(folder.file(Checkpoint.FILE), plan.get(PlanOptions.CHECKPOINT_SECONDS)),
                        from.orElseGet(() -> Checkpoint.atStart(provenance)),
                        manager)) {
            Optional<FineTuningResult> baseline = BaselineRun.of(plan, task, file, progress);
            boolean finished = run.run();
            if (!finished) {
                return interrupted(run, provenance);
            }
            List<String> remarks = remarks(run, data, task.objectives().guessing(data));
            remarks.forEach(progress::note);
            progress.stage("exporting", 0, 0);
            Optional<StagedRun.Best> best = run.best();
            if (best.isEmpty()) {
                return interrupted(run, provenance);
            }
            Path written = folder.file("network.onnx");
            Problem problem = best.get().room().problem();
            Optional<MergedExport> merging = parts.small()
                    .thin()
                    .map(adapters ->
                            new MergedExport(parts, adapters, best.get().weights(), problem));
            Proof proof = new Export(
                            plan,
                            task,
                            problem,
                            merging.isPresent()
                                    ? parts.headed()
                                    : best.get().room().plain(),
                            data,
                            provenance)
                    .write(
                            written,
                            merging.map(MergedExport::merged)
                                    .orElseGet(() -> best.get().weights()),
                            best.get().judged());
            Optional<FineTuningResult.Merged> merged = merging.map(it -> it.proved(written));
            merged.map(MergedExport::words).ifPresent(progress::note);
            merged.flatMap(MergedExport::remark).ifPresent(remarks::add);
            FineTuningResult.Inserted inserted =
                    parts.small().kept(plan, written, best.get().weights()).orElse(null);
            proof.how().ifPresent(progress::note);
            proof.evaluation()
                    .confusionMatrix()
                    .flatMap(it -> OneAnswer.remark(it, data.classes()))
                    .ifPresent(remark -> {
                        remarks.add(remark);
                        progress.note(remark);
                    });
            double valScore = proof.evaluation().primary().value();
            OnTarget target = further.judged(plan, written, problem, progress).orElse(null);
            FineTuningResult result = new FineTuningResult(
                    run.isStopped() ? FineTuningResult.STOPPED : "finished",
                    run.position().epochs(),
                    valScore,
                    proof.evaluation().primary().name(),
                    run.position().bestEpoch(),
                    written,
                    data.classes(),
                    proof.evaluation().confusionMatrix().orElse(null),
                    proof.parityMaxAbs(),
                    run.trainableParameters(),
                    proof.frozenTensors(),
                    proof.frozenUnchanged(),
                    run.use(),
                    (System.nanoTime() - start) / 1e9,
                    Memory.peakMib(),
                    provenance,
                    remarks,
                    testScore(plan, written, problem, task.reading().judgedBy(data, notes(data, best.get())), progress),
                    data.test().map(Examples::wholes).orElse(null),
                    run.stages(),
                    merged.orElse(null),
                    inserted,
                    task.name(),
                    target,
                    baseline.map(held -> BaselineRun.held(held, valScore, target))
                            .orElse(null));
            folder.finish(result);
            return result;
        }
    }

    /** What the written file says of how it answers. */
    private static Map<String, String> notes(DataSet data, StagedRun.Best best) {
        Map<String, String> out = new LinkedHashMap<>(data.notes());
        out.putAll(best.judged().evaluation().notes());
        return out;
    }

    private static Double testScore(FineTuningPlan plan, Path file, Problem problem, DataSet data, Progress progress) {
        if (data.test().isEmpty()) {
            return null;
        }
        progress.stage("judging the test part", 0, 0);
        Examples test = data.test().get();
        int fixedBatch = (int) problem.network().report().fixedBatch();
        return FileJudge.judged(
                        file, test, problem.judge().apply(test.targets()), fixedBatch, plan.get(PlanOptions.THREADS))
                .primary()
                .value();
    }

    /** What is to be said of a run that was not cancelled; refuses one that diverged before any epoch was of use. */
    private static List<String> remarks(StagedRun run, DataSet data, double guessing) {
        List<String> out = new ArrayList<>();
        FineTuningPlan plan = run.lastPlan();
        int best = run.position().bestEpoch();
        run.divergence().ifPresent(divergence -> {
            String what = divergence.words(plan, data);
            if (best == 0) {
                throw new Diverged(what + " Nothing was written.");
            }
            out.add(what + " The network is that of epoch " + best + ", before that happened.");
        });
        if (best > 0) {
            Divergence.remark(run.position().epochs().get(best - 1), plan, data, guessing)
                    .ifPresent(out::add);
        }
        return out;
    }

    private static FineTuningResult interrupted(StagedRun run, Map<String, String> provenance) {
        Position position = run.position();
        return new FineTuningResult(
                "interrupted",
                position.epochs(),
                null,
                null,
                position.bestEpoch() == 0 ? null : position.bestEpoch(),
                null,
                null,
                null,
                null,
                run.trainableParameters(),
                0,
                null,
                new CacheUse(0, 0, 0),
                position.seconds(),
                Memory.peakMib(),
                provenance,
                List.of(),
                null,
                null,
                run.stages(),
                null,
                null,
                null,
                null,
                null);
    }

    /** The network with its new head. */
    private static Network headed(Network opened, FineTuningPlan plan, Task task, DataSet data, Company company) {
        if (plan.get(PlanOptions.FEATURES).isEmpty()) {
            FeatureFinder.around(opened).ifPresent(node -> {
                throw new Refusal("The classifier of " + plan.network() + " lies inside of " + node
                        + ", whose results come from more than one tensor outside, so that Graft cannot tell what a new head"
                        + " should stand on. Name a tensor with --features; `graft layers` lists them.");
            });
        }
        String features = FeatureFinder.find(opened, plan.get(PlanOptions.FEATURES));
        Network body = company.decide(opened, features);
        Head head = task.heading()
                .on(
                        plan.network(),
                        body,
                        features,
                        data,
                        new HeadChoice(plan.settings(), plan.reading().inputs().keySet(), company::tell));
        if (plan.get(PlanOptions.HEAD_INIT) == Head.Init.OWN && head.whole().isEmpty()) {
            head = OwnStart.of(head, opened, plan.network(), features, data, company::tell);
        }
        if (!head.on().contains(features) && head.whole().isEmpty()) {
            company.tell("The new head stands on " + head.on().get(0) + ".");
        }
        return body.withHead(head);
    }
}
