package graft.transfer;

import graft.Refusal;
import graft.data.ClassTargets;
import graft.data.DataSet;
import graft.network.Head;
import graft.network.Network;
import graft.options.Group;
import graft.options.Option;
import graft.options.Settings;
import graft.run.FineTuningPlan;
import graft.run.ParameterEfficientOptions;
import graft.run.PlanGroups;
import graft.run.PlanOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What heads that are found at once need. */
public final class ClosedForms {
    /** Groups whose options are about steps, or about examples that a step mixes. */
    private static final Set<Group> OF_STEPS =
            Set.of(PlanGroups.STAGE, PlanGroups.OPTIMIZATION, PlanGroups.AUGMENTATION);
    /** Those among them that act on one look at every example too. */
    private static final Set<Option<?>> OF_LOOKS = Set.of(
            PlanOptions.FIT,
            PlanOptions.TRAINABLE,
            PlanOptions.BATCH,
            PlanOptions.LABEL_SMOOTHING,
            ParameterEfficientOptions.LORA,
            ParameterEfficientOptions.LORA_TARGET,
            ParameterEfficientOptions.ADAPTER,
            ParameterEfficientOptions.ADAPTER_TARGET,
            PlanOptions.KEEP_STATISTICS,
            PlanOptions.AUGMENT,
            PlanOptions.VIEWS_PER_EXAMPLE);

    private ClosedForms() {}

    /**
     * What was asked for and changes nothing, in a run none of whose stages takes a step.
     *
     * @param asked of the run
     * @param stages of each of its stages
     * @return a sentence for the user; empty where all counts
     */
    public static Optional<String> idle(Settings asked, List<Settings> stages) {
        if (!stages.stream().allMatch(stage -> stage.get(PlanOptions.FIT).isAtOnce())) {
            return Optional.empty();
        }
        List<String> idle = PlanOptions.ALL.stream()
                .filter(option -> OF_STEPS.contains(option.group()) && !OF_LOOKS.contains(option))
                .filter(option -> isChanged(asked, option))
                .map(Option::name)
                .toList();
        return idle.isEmpty()
                ? Optional.empty()
                : Optional.of("The head is found at once, without a step, so that nothing comes of "
                        + String.join(", ", idle) + ".");
    }

    private static <T> boolean isChanged(Settings asked, Option<T> option) {
        return asked.given(option)
                .filter(value -> !value.equals(option.usual()))
                .isPresent();
    }

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
