package graft.prune;

import graft.Refusal;
import graft.channels.Pruner;
import graft.channels.Pruner.Pruned;
import graft.data.DataSet;
import graft.evaluate.ClassEvaluation;
import graft.evaluate.Evaluator;
import graft.files.AsideFile;
import graft.files.AtomicFile;
import graft.files.CannotWrite;
import graft.files.Json;
import graft.files.OutputPlace;
import graft.inference.Batches;
import graft.network.Head;
import graft.network.Importer;
import graft.network.Network;
import graft.network.PrototypeHead;
import graft.onnx.MadeByGraft;
import graft.onnx.NetworkFile;
import graft.onnx.OnnxFile;
import graft.options.Settings;
import graft.progress.Progress;
import graft.run.FineTuningPlan;
import graft.run.FineTuningPlan.OptimizerKind;
import graft.run.FineTuningResult;
import graft.run.PlanOptions;
import graft.run.Provenance;
import graft.run.Schedule;
import graft.run.TransferOptions;
import graft.task.JudgedData;
import graft.text.TokenizerFile;
import graft.train.FineTuner;
import graft.train.OwnStart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/** Takes channels out of a network until it does a share of its multiply-adds, and lets all of it learn again. */
public final class Pruning {
    /** Examples on which answers without channels are compared with those before. */
    private static final int COMPARED = 64;

    private static final int BATCH = 16;
    private static final String SLIMMER = "pruned.onnx";

    private Pruning() {}

    /**
     * What is to be done.
     *
     * @param healing how the slimmer network learns, and from what; its network is the one to be pruned, its folder is where the run
     *     is kept until {@code out} is written
     * @param share of the multiply-adds that may stay, above 0 and below 1
     */
    public record Plan(FineTuningPlan healing, double share, Path out) {}

    /**
     * What came of it.
     *
     * @param macsBefore multiply-adds of one example
     * @param accuracyBefore of the network on the validation examples, 0…1; null where it does not know their classes
     * @param accuracy of what was written, on the same examples
     * @param interval [low, high] of the latter, 95 %
     * @param p50Ms median milliseconds for one example on this machine, both measured in turns
     * @param finished false where learning was interrupted; the same command goes on
     */
    public record Result(
            Path network,
            double macsBefore,
            double macsAfter,
            Double accuracyBefore,
            Double accuracy,
            double[] interval,
            Integer valExamples,
            long bytesBefore,
            long bytesAfter,
            Double p50MsBefore,
            Double p50Ms,
            List<Pruned> layers,
            boolean finished) {}

    /** @param groups as {@link Pruner.Result} */
    private record Noted(String network, double share, double macsBefore, double macs, List<Pruned> groups) {}

    /** How a slimmer network learns where the user said nothing else. */
    public static Settings usual() {
        return Settings.NONE
                .with(PlanOptions.TRAINABLE, "all")
                .with(PlanOptions.OPTIMIZER, OptimizerKind.SGD)
                .with(PlanOptions.LEARNING_RATE, 0.01)
                .with(PlanOptions.SCHEDULE, Schedule.COSINE);
    }

    /**
     * Does it, or goes on with it.
     *
     * @throws Refusal where it cannot be done, in words for the user
     */
    public static Result run(Plan plan, NetworkFile file, Progress progress) {
        if (!(plan.share() > 0 && plan.share() < 1)) {
            throw new Refusal(
                    "--macs is the share of the multiply-adds that may stay, a number above 0 and below 1, not "
                            + plan.share() + ". Write for example --macs 0.5.");
        }
        Path source = plan.healing().network();
        OutputPlace.checkFile(plan.out(), MadeByGraft::isOn, source);
        Network before = Importer.of(source, file.model(), plan.healing().reading());
        DataSet data = JudgedData.open(
                        plan.healing().data(),
                        source,
                        file.model(),
                        plan.healing()::preprocessing,
                        plan.healing().settings(),
                        plan.healing().reading().inputs().keySet(),
                        progress)
                .fedTo(source, before.model().graph().inputs());
        if (data.classes().isEmpty()) {
            throw new Refusal(data.source()
                    + " has no classes. Networks that answer with classes are pruned; give pictures or texts"
                    + " of classes.");
        }
        boolean knows = OwnStart.isPossible(before, source, data.classes());
        Noted noted = pruned(plan, before, data, progress);
        FineTuningResult healed = healed(plan, knows, progress);
        if (healed.network() == null || !healed.status().equals("finished")) {
            return new Result(
                    null,
                    noted.macsBefore(),
                    noted.macs(),
                    null,
                    null,
                    null,
                    null,
                    size(source),
                    0,
                    null,
                    null,
                    noted.groups(),
                    false);
        }
        ClassEvaluation after = evaluated(healed.network(), plan, data, progress);
        Double accuracyBefore = knows ? evaluated(source, plan, data, progress).accuracy() : null;
        double[] times = Turns.medians(List.of(source, healed.network()), before, data.val());
        try (AsideFile aside = AsideFile.of(plan.out())) {
            Files.copy(healed.network(), aside.path(), StandardCopyOption.REPLACE_EXISTING);
            aside.take();
        } catch (IOException e) {
            throw new CannotWrite(plan.out(), e);
        }
        TokenizerFile.follow(source, OnnxFile.read(plan.out()), plan.out());
        return new Result(
                plan.out(),
                noted.macsBefore(),
                noted.macs(),
                accuracyBefore,
                after.accuracy(),
                after.interval(),
                data.val().size(),
                size(source),
                size(plan.out()),
                times[0],
                times[1],
                noted.groups(),
                true);
    }

    /** The slimmer network in the folder of the run; made, where it is not there. */
    private static Noted pruned(Plan plan, Network before, DataSet data, Progress progress) {
        Path folder = plan.healing().out();
        Path noteFile = folder.resolve("pruning.json");
        String hash = Provenance.sha256(plan.healing().network());
        if (Files.exists(noteFile)) {
            Noted noted = read(noteFile);
            if (!noted.network().equals(hash) || noted.share() != plan.share()) {
                throw new Refusal(
                        folder + " holds another pruning that was begun. Go on with that one, or remove the folder.");
            }
            progress.note("Going on with what is in " + folder + ".");
            return noted;
        }
        Pruner.Result made = Pruner.prune(
                before, plan.share(), Batches.spread(data.train(), before.model(), COMPARED, BATCH), progress);
        Noted noted = new Noted(hash, plan.share(), made.macsBefore(), made.macs(), made.groups());
        try {
            Files.createDirectories(folder);
            Path slimmer = folder.resolve(SLIMMER);
            try (AsideFile aside = AsideFile.of(slimmer)) {
                OnnxFile.write(
                        MadeByGraft.note(MadeByGraft.forget(made.model()).withoutMetadata(PrototypeHead.NOTE)), aside);
                aside.take();
            }
            TokenizerFile.follow(plan.healing().network(), made.model(), slimmer);
            AtomicFile.write(noteFile, out -> out.write(Json.write(noted).getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new CannotWrite(folder, e);
        }
        return noted;
    }

    private static Noted read(Path file) {
        try {
            return Json.read(Files.readString(file), Noted.class);
        } catch (IOException e) {
            throw new Refusal(
                    "Cannot read " + file + ": " + AtomicFile.reason(e) + ". Remove its folder to begin anew.", e);
        }
    }

    private static FineTuningResult healed(Plan plan, boolean knows, Progress progress) {
        Path run = plan.healing().out().resolve("run");
        if (FineTuner.hasBegun(run)) {
            return FineTuner.resume(run, progress);
        }
        FineTuningPlan healing = plan.healing()
                .withNetwork(plan.healing().out().resolve(SLIMMER))
                .withOut(run);
        if (knows) {
            // What it knew teaches what is left of it.
            if (healing.get(PlanOptions.HEAD_INIT) == Head.Init.DEFAULT) {
                healing = healing.with(PlanOptions.HEAD_INIT, Head.Init.OWN);
            }
            if (healing.get(TransferOptions.TEACHER).isEmpty()) {
                healing = healing.with(
                        TransferOptions.TEACHER,
                        Optional.of(plan.healing().network().toString()));
            }
        }
        return FineTuner.run(healing, progress);
    }

    private static ClassEvaluation evaluated(Path network, Plan plan, DataSet data, Progress progress) {
        try (Evaluator evaluator =
                Evaluator.open(network, plan.healing().reading(), plan.healing().get(PlanOptions.THREADS))) {
            return evaluator.evaluate(data, progress);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new Refusal("Cannot read " + file + ": " + AtomicFile.reason(e) + ".", e);
        }
    }
}
