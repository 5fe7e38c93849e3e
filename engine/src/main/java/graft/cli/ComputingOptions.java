package graft.cli;

import graft.options.Option;
import graft.run.Computing;
import graft.run.PlanOptions;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** On what a step is computed, and how. */
@Command
final class ComputingOptions implements Offering {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Override
    public List<Option<?>> options() {
        return List.of(PlanOptions.DEVICE, PlanOptions.PRECISION, PlanOptions.CHECKPOINT_ACTIVATIONS);
    }

    Computing computing() {
        return Computing.of(OptionSpecs.given(command));
    }
}
