package graft.train;

import ai.djl.ndarray.NDManager;
import graft.features.FeatureSets;
import graft.features.Frontier;
import graft.features.FrozenPart;
import graft.network.Network;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Tensor;
import graft.problem.Problem;
import graft.run.FineTuningPlan;
import graft.run.FineTuningResult.CacheUse;
import graft.run.PlanOptions;
import graft.transfer.TechniqueTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one stage works with: the network with what learns in it, cut where learning begins, and the features that cross there.
 * Closed by whoever opened it.
 */
final class StageRoom implements AutoCloseable {
    private final FineTuningPlan plan;
    private final Network plain;
    private final Frontier frontier;
    private final NDManager manager;
    private final TrainablePart part;
    private final FrozenPart frozen;
    private FeatureSets sets;
    private Further.InStage further;
    private Problem problem;
    private Optional<Shown> shown = Optional.empty();
    private boolean closed;

    private StageRoom(
            FineTuningPlan plan, Network plain, Frontier frontier, Network network, boolean alike, NDManager manager) {
        this.plan = plan;
        this.plain = plain;
        this.frontier = frontier;
        this.manager = manager;
        this.part = new TrainablePart(
                frontier, network.trainable(), TechniqueTable.taps(network, plan.settings()), manager);
        this.frozen = FrozenPart.open(frontier, plan.get(PlanOptions.THREADS), alike);
    }

    /**
     * Empty if cancelled.
     *
     * @param plan of the stage alone
     * @param selected the network as the run found it, with what the stage wants to learn
     * @param values what earlier stages learnt
     * @param parent owns what the room keeps
     */
    static Optional<StageRoom> open(
            RunParts run, FineTuningPlan plan, Network selected, Map<String, Tensor> values, NDManager parent) {
        Network plain = run.company().decide(selected, Frontier.of(selected));
        Network network = values.isEmpty() ? plain : plain.withModel(valued(plain, values));
        Frontier frontier = Frontier.of(network);
        Hindrances.refuseMissingAbove(frontier, network);
        TrustCheck trust = new TrustCheck(
                plan.network(),
                network,
                plan.get(PlanOptions.THREADS),
                run.data().train());
        NDManager manager = parent.newSubManager();
        StageRoom room =
                new StageRoom(plan, plain, frontier, network, run.data().train().alike(), manager);
        try {
            trust.hold(room.part, room.frozen, manager);
            Optional<FeatureSets> sets = FeatureSets.prepare(
                    run.plan(), room.frozen, (int) network.report().fixedBatch(), run.data(), run.progress());
            if (sets.isEmpty()) {
                room.close();
                return Optional.empty();
            }
            room.sets = sets.get();
            Optional<Further.InStage> further = run.further()
                    .in(run.plan(), room.frozen, (int) network.report().fixedBatch(), run.progress());
            if (further.isEmpty()) {
                room.close();
                return Optional.empty();
            }
            room.further = further.get();
            room.problem =
                    run.problem(network, plain, room.sets, plan, further.get().sources());
            room.shown = run.task()
                    .reading()
                    .showing(run.data(), plan.settings())
                    .map(showing -> new Shown(showing, room.frozen, room.part, manager));
            return Optional.of(room);
        } catch (RuntimeException e) {
            room.close();
            throw e;
        }
    }

    private static Model valued(Network network, Map<String, Tensor> values) {
        GraphEditor editor = network.model().graph().edit();
        values.forEach(
                (name, tensor) -> editor.put(editor.initializers().get(name).withElementsOf(tensor)));
        return network.model().withGraph(editor.build());
    }

    /** Of this stage alone. */
    FineTuningPlan plan() {
        return plan;
    }

    /** The network with the values that the run found it with, and with what learns in this stage. */
    Network plain() {
        return plain;
    }

    List<String> crossing() {
        return frontier.crossing();
    }

    Problem problem() {
        return problem;
    }

    /** What the network is asked to show while it learns. */
    Optional<Shown> shown() {
        return shown;
    }

    TrainablePart part() {
        return part;
    }

    NDManager manager() {
        return manager;
    }

    CacheUse use() {
        return sets.use();
    }

    /** Gives back what computes; what the room knows it still tells. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (sets != null) {
            sets.close();
        }
        if (further != null) {
            further.close();
        }
        frozen.close();
        part.close();
        manager.close();
    }
}
