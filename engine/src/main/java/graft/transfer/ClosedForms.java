package graft.transfer;

import graft.Refusal;
import graft.data.ClassTargets;
import graft.data.DataSet;
import graft.network.Head;
import graft.network.Network;
import graft.run.FineTuningPlan;
import graft.run.PlanOptions;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** What heads that are found at once need. */
public final class ClosedForms {
    private ClosedForms() {}

    /**
     * Says what stands in the way, before features are computed.
     *
     * @param stage the plan of a stage alone
     * @param selected the network with what the stage wants to learn
     * @throws Refusal where a stage asks for what cannot be found at once
     */
    public static void require(FineTuningPlan stage, Network selected, DataSet data) {
        if (!stage.get(PlanOptions.FIT).isAtOnce()) {
            return;
        }
        String fit = "fit=" + PlanOptions.FIT.kind().text(stage.get(PlanOptions.FIT));
        if (!selected.trainable().equals(selected.head().map(Head::learning).orElse(Set.of()))) {
            throw new Refusal(
                    "A stage with " + fit + " finds the head at once, on features that nothing changes meanwhile; it"
                            + " cannot have " + stage.get(PlanOptions.TRAINABLE)
                            + " learn. Give it --trainable head, and a stage of its own to what else is to learn.");
        }
        if (!(data.train().targets() instanceof ClassTargets targets)) {
            throw new Refusal(stage.data() + " has no classes, of which " + fit
                    + " makes a head. Leave it out, so that the head learns step by step.");
        }
        Set<Integer> there = Arrays.stream(targets.labels()).boxed().collect(Collectors.toSet());
        for (int c = 0; c < data.classes().size(); c++) {
            if (!there.contains(c)) {
                throw new Refusal(
                        stage.data() + " has no example of " + data.classes().get(c)
                                + " to learn from, of which " + fit
                                + " needs one at least. Move some to the training part, or leave the class out.");
            }
        }
    }
}
