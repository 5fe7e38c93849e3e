package graft.train;

import ai.djl.ndarray.NDManager;
import graft.features.Frontier;
import graft.network.LayerRates;
import graft.network.Network;
import graft.onnx.Tensor;
import graft.options.Settings;
import graft.progress.Progress;
import graft.run.Checkpoint;
import graft.run.Checkpoints;
import graft.run.FineTuningPlan;
import graft.run.FineTuningResult.CacheUse;
import graft.run.FineTuningResult.StageDone;
import graft.run.Fit;
import graft.run.PlanOptions;
import graft.run.Position;
import graft.run.Stage;
import graft.run.TrainingEvents;
import graft.transfer.ClosedForms;
import graft.transfer.Pairs;
import graft.transfer.TechniqueTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Goes through the stages of a run. Each begins with what was learnt before it, and with an optimizer that remembers nothing;
 * epochs are counted on, and what is kept is the best of all of them.
 */
final class StagedRun implements AutoCloseable {
    private final RunParts parts;
    private final List<FineTuningPlan> plans;
    private final List<Network> selected;
    private final Checkpoints checkpoints;
    private final NDManager manager;
    private final Progress progress;

    private Checkpoint state;
    private StageRoom room;
    private TrainingLoop loop;
    private boolean stopped;
    private CacheUse use = new CacheUse(0, 0, 0);

    /**
     * @param from where to go on
     * @param manager owns what stages keep
     * @throws graft.Refusal where a stage wants what the network does not have, before any begins
     */
    StagedRun(RunParts parts, Checkpoints checkpoints, Checkpoint from, NDManager manager) {
        this.parts = parts;
        this.checkpoints = checkpoints;
        this.manager = manager;
        this.progress = parts.progress();
        this.state = from;
        this.plans = parts.plan().stages().stream().map(parts.plan()::alone).toList();
        this.selected = plans.stream().map(parts::selected).toList();
        List<Settings> settings = plans.stream().map(FineTuningPlan::settings).toList();
        TechniqueTable.refuseIdle(selected, settings);
        long steps = plans.stream()
                .filter(plan -> !plan.get(PlanOptions.FIT).isAtOnce())
                .mapToLong(plan -> steps(plan) * plan.get(PlanOptions.EPOCHS))
                .sum();
        TechniqueTable.remarks(parts.plan().settings(), steps).stream()
                .filter(remark -> steps > 0)
                .forEach(progress::note);
        ClosedForms.idle(parts.plan().settings(), settings).ifPresent(progress::note);
        for (int i = 0; i < plans.size(); i++) {
            Network network = selected.get(i);
            ClosedForms.require(plans.get(i), network, parts.data());
            Pairs.require(plans.get(i), network, parts.data());
            LayerRates.of(
                    network,
                    plans.get(i).get(PlanOptions.LR_DECAY),
                    plans.get(i).get(PlanOptions.LR_FACTORS));
            Hindrances.refuseMissingAbove(Frontier.of(network), network);
        }
    }

    /** Parameters that learn in any of the stages. */
    long trainableParameters() {
        Set<String> all = new LinkedHashSet<>();
        selected.forEach(network -> all.addAll(network.trainable()));
        return selected.get(0).withTrainable(all).trainableParameters();
    }

    /** False if it ended because it was cancelled. */
    boolean run() {
        progress.report(started());
        boolean first = true;
        while (true) {
            if (!open(position().stage(), state.learnt())) {
                return false;
            }
            CacheUse more = room.use();
            use = new CacheUse(
                    Math.max(use.views(), more.views()), use.bytes() + more.bytes(), use.seconds() + more.seconds());
            if (first) {
                room.problem().network().batchNormsThatStay().ifPresent(progress::note);
            }
            first = false;
            progress.report(stageStarted());
            loop = new TrainingLoop(
                    room.plan(),
                    room.problem(),
                    room.part(),
                    room.shown(),
                    room.manager(),
                    checkpoints,
                    state,
                    progress);
            boolean finished = loop.run();
            stopped = finished && loop.isStopped();
            if (!finished
                    || stopped
                    || loop.divergence().isPresent()
                    || loop.position().stage() + 1 == plans.size()) {
                state = loop.outcome();
                return finished;
            }
            state = loop.forNextStage();
            checkpoints.write(() -> state);
            if (progress.isEnoughAsked() && position().bestEpoch() > 0) {
                stopped = true;
                return true;
            }
        }
    }

    /** Makes the room of a stage, in the place of the one before; false if cancelled. */
    private boolean open(int stage, Map<String, Tensor> values) {
        if (room != null) {
            room.close();
            room = null;
        }
        Set<String> own = TrainingLoop.learnt(plans.get(stage), selected.get(stage));
        Map<String, Tensor> before = new LinkedHashMap<>(values);
        before.keySet().removeAll(own);
        Optional<StageRoom> opened = StageRoom.open(parts, plans.get(stage), selected.get(stage), before, manager);
        opened.ifPresent(it -> room = it);
        return opened.isPresent();
    }

    private TrainingEvents.Started started() {
        FineTuningPlan plan = parts.plan();
        int examples =
                parts.data().train().wholes() / parts.data().train().targets().versions();
        Network network = selected.get(0);
        return new TrainingEvents.Started(
                plan.out().toString(),
                examples,
                parts.data().val().wholes(),
                parts.task().reading().noun(),
                parts.data().classes(),
                trainableParameters(),
                network.parameters(),
                Frontier.of(network).crossing(),
                plan.get(PlanOptions.EPOCHS),
                steps(plan));
    }

    /** Of an epoch. */
    private int steps(FineTuningPlan plan) {
        int examples = parts.data().train().size();
        long seen = plan.get(PlanOptions.FIT) == Fit.PAIRS ? Pairs.perEpoch(examples, plan.settings()) : examples;
        return Fit.of(plan.settings()) == Fit.EPISODES
                ? plan.get(PlanOptions.EPISODES)
                : Math.toIntExact((seen + plan.stepSize() - 1) / plan.stepSize());
    }

    private TrainingEvents.StageStarted stageStarted() {
        FineTuningPlan plan = room.plan();
        return new TrainingEvents.StageStarted(
                position().stage() + 1,
                plans.size(),
                plan.get(PlanOptions.TRAINABLE),
                plan.get(PlanOptions.LEARNING_RATE),
                plan.get(PlanOptions.LR_DECAY),
                plan.get(PlanOptions.EPOCHS),
                position().stageStart() + 1,
                room.plain().trainableParameters(),
                room.crossing());
    }

    Position position() {
        return state.position();
    }

    /** Whether the user ended it before the plan did: there is more to learn. */
    boolean isStopped() {
        return stopped;
    }

    /** Where training left what can be computed; empty where it did not. */
    Optional<Divergence> divergence() {
        return loop.divergence();
    }

    /** The plan of the stage that the run came to, alone. */
    FineTuningPlan lastPlan() {
        return plans.get(Math.min(position().stage(), plans.size() - 1));
    }

    CacheUse use() {
        return use;
    }

    /** The network with the weights of the best epoch, and how its answers were judged; the room is closed. */
    record Best(StageRoom room, Map<String, Tensor> weights, Validation.Judged judged) {}

    /** Empty if cancelled, which happens only where the best epoch was in an earlier stage. */
    Optional<Best> best() {
        Map<String, Tensor> weights = state.best();
        int stage = position().epochs().get(position().bestEpoch() - 1).stage() - 1;
        if (loop.position().stage() != stage) {
            progress.note("The best epoch was number " + position().bestEpoch() + ", in stage " + (stage + 1) + ".");
            if (!open(stage, weights)) {
                return Optional.empty();
            }
        }
        room.part().set(own(stage, weights));
        Validation validation = loop.position().stage() == stage
                ? loop.validation()
                : new Validation(room.problem(), room.problem().val(), room.part(), Optional.empty(), room.manager());
        Validation.Judged judged = validation.answers();
        // The written file is opened next: there need not be room for both.
        room.close();
        Memory.giveBack();
        return Optional.of(new Best(room, weights, judged));
    }

    private Map<String, Tensor> own(int stage, Map<String, Tensor> weights) {
        Map<String, Tensor> out = new LinkedHashMap<>(weights);
        out.keySet().retainAll(TrainingLoop.learnt(plans.get(stage), selected.get(stage)));
        return out;
    }

    /** The stages that were begun. */
    List<StageDone> stages() {
        List<StageDone> out = new ArrayList<>();
        int before = 0;
        for (int i = 0; i < plans.size() && i <= position().stage(); i++) {
            int number = i + 1;
            int done = (int) position().epochs().stream()
                    .filter(epoch -> epoch.stage() == number)
                    .count();
            Stage stage = parts.plan().stages().get(i);
            out.add(new StageDone(
                    number,
                    stage.get(PlanOptions.TRAINABLE),
                    stage.get(PlanOptions.LEARNING_RATE),
                    stage.get(PlanOptions.LR_DECAY),
                    stage.get(PlanOptions.EPOCHS),
                    before + 1,
                    done,
                    selected.get(i).trainableParameters()));
            before += done;
        }
        return out;
    }

    @Override
    public void close() {
        if (room != null) {
            room.close();
        }
    }
}
