package graft.train;

import ai.djl.ndarray.NDManager;
import graft.Refusal;
import graft.data.DataSet;
import graft.data.Examples;
import graft.features.FeatureSets;
import graft.features.Frontier;
import graft.features.FrozenPart;
import graft.features.LabelledFeatures;
import graft.network.FeatureFinder;
import graft.network.Head;
import graft.network.Importer;
import graft.network.Network;
import graft.network.TrainableSpec;
import graft.onnx.NetworkFile;
import graft.ops.TorchEngine;
import graft.progress.Progress;
import graft.run.Checkpoint;
import graft.run.Checkpoints;
import graft.run.FineTuningPlan;
import graft.run.FineTuningResult;
import graft.run.FineTuningResult.CacheUse;
import graft.run.PlanOptions;
import graft.run.Position;
import graft.run.Provenance;
import graft.run.RunFolder;
import graft.run.TrainingEvents;
import graft.task.HeadChoice;
import graft.task.Reading;
import graft.task.Task;
import graft.task.TaskTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
    public static FineTuningResult run(FineTuningPlan plan, Task task, NetworkFile file, Progress progress) {
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
        return TaskTable.of(plan.data(), plan.get(PlanOptions.TASK));
    }

    private static FineTuningPlan plan(RunFolder folder, Optional<Path> data) {
        return data.map(folder.plan()::withData).orElseGet(folder::plan);
    }

    private static FineTuningResult run(
            FineTuningPlan plan,
            Task task,
            RunFolder folder,
            NetworkFile file,
            Optional<Checkpoint> from,
            Progress progress) {
        long start = System.nanoTime();
        TorchEngine.require(plan.computing().device());
        progress.stage("opening the network", 0, 0);
        Network opened = Importer.of(plan.network(), file.model(), plan.reading());
        opened.report().lines().forEach(progress::note);
        Hindrances.refuse(opened, plan);
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
        Map<String, String> provenance = Provenance.of(plan, data);
        from.ifPresent(checkpoint ->
                Provenance.requireSame(checkpoint.provenance(), provenance, plan, () -> folder.changesIn(data)));
        folder.remember(plan);
        folder.remember(data);
        Company company = new Company(plan.network(), data.train(), progress);
        Network headed = prepared(opened, plan, task, data, company);
        Hindrances.refuseBrokenWeights(headed, plan);
        Frontier frontier = Frontier.of(headed);
        Network network = company.decide(headed, frontier);
        Hindrances.refuseMissingAbove(frontier, network);
        network.batchNormsThatStay().ifPresent(progress::note);
        progress.report(new TrainingEvents.Started(
                plan.out().toString(),
                data.train().size(),
                data.val().size(),
                data.classes(),
                network.trainableParameters(),
                network.parameters(),
                frontier.crossing(),
                plan.get(PlanOptions.EPOCHS),
                (data.train().size() + plan.stepSize() - 1) / plan.stepSize()));
        try (NDManager manager = TorchEngine.start(
                        plan.get(PlanOptions.THREADS), plan.computing().device());
                TrainablePart part = new TrainablePart(frontier, network.trainable(), manager);
                FrozenPart frozen = FrozenPart.open(frontier, network, plan.get(PlanOptions.THREADS))) {
            new TrustCheck(plan.network(), network, plan.get(PlanOptions.THREADS))
                    .run(part, frozen, data.train(), manager);
            Optional<FeatureSets> features =
                    FeatureSets.prepare(plan, frozen, (int) network.report().fixedBatch(), data, progress);
            if (features.isEmpty()) {
                return interrupted(network, Position.START, provenance);
            }
            try (FeatureSets sets = features.get()) {
                Problem problem = problem(task, network, data, sets, plan);
                TrainingLoop loop = new TrainingLoop(
                        plan,
                        problem,
                        part,
                        manager,
                        new Checkpoints(folder.file(Checkpoint.FILE), plan.get(PlanOptions.CHECKPOINT_SECONDS)),
                        from,
                        provenance,
                        progress);
                boolean finished = loop.run();
                if (!finished) {
                    return interrupted(network, loop.position(), provenance);
                }
                List<String> remarks = remarks(loop, plan, data, problem.guessing());
                remarks.forEach(progress::note);
                progress.stage("exporting", 0, 0);
                part.set(loop.best());
                Export.Proof proof = new Export(plan, task, problem, data, provenance)
                        .write(folder.file("network.onnx"), loop.best(), loop.validationAnswers());
                FineTuningResult result = new FineTuningResult(
                        loop.isStopped() ? FineTuningResult.STOPPED : "finished",
                        loop.position().epochs(),
                        proof.evaluation().primary().value(),
                        proof.evaluation().primary().name(),
                        loop.position().bestEpoch(),
                        folder.file("network.onnx"),
                        data.classes(),
                        proof.evaluation().confusion().orElse(null),
                        proof.parityMaxAbs(),
                        network.trainableParameters(),
                        proof.frozenTensors(),
                        proof.frozenUnchanged(),
                        sets.use(),
                        (System.nanoTime() - start) / 1e9,
                        Memory.peakMib(),
                        provenance,
                        remarks,
                        testScore(plan, folder.file("network.onnx"), problem, data, progress),
                        data.test().map(Examples::size).orElse(null),
                        task.name());
                folder.finish(result);
                return result;
            }
        }
    }

    private static Problem problem(Task task, Network network, DataSet data, FeatureSets sets, FineTuningPlan plan) {
        boolean kept = sets.use().views() > 0;
        LabelledFeatures train = LabelledFeatures.of(
                sets.train(),
                data.train(),
                task.objectives().targets(data.train().targets(), plan.settings()),
                kept);
        return new Problem(
                network,
                task.objectives().of(network.head().orElseThrow()),
                plan.get(PlanOptions.SHUFFLE)
                        ? Sampling.bySize(train.sizes(), plan.stepSize(), plan.get(PlanOptions.SEED))
                        : Sampling.inOrder(train.size()),
                train,
                LabelledFeatures.of(
                        sets.val(), data.val(), data.val().targets(), sets.use().bytes() > 0),
                targets -> task.judging().of(targets, data.classes()),
                task.objectives().guessing(data));
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
    private static List<String> remarks(TrainingLoop loop, FineTuningPlan plan, DataSet data, double guessing) {
        List<String> out = new ArrayList<>();
        int best = loop.position().bestEpoch();
        loop.divergence().ifPresent(divergence -> {
            String what = divergence.words(plan, data);
            if (best == 0) {
                throw new Diverged(what + " Nothing was written.");
            }
            out.add(what + " The network is that of epoch " + best + ", before that happened.");
        });
        if (best > 0) {
            Divergence.remark(loop.position().epochs().get(best - 1), plan, data, guessing)
                    .ifPresent(out::add);
        }
        return out;
    }

    private static FineTuningResult interrupted(Network network, Position position, Map<String, String> provenance) {
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
                network.trainableParameters(),
                0,
                null,
                new CacheUse(0, 0, 0),
                position.seconds(),
                Memory.peakMib(),
                provenance,
                List.of(),
                null,
                null,
                null);
    }

    /** The network with its new head, and with what the plan wants to learn. */
    private static Network prepared(Network opened, FineTuningPlan plan, Task task, DataSet data, Company company) {
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
                        new HeadChoice(plan.settings(), plan.reading().inputs().keySet()));
        return TrainableSpec.apply(body.withHead(head), plan.get(PlanOptions.TRAINABLE));
    }
}
