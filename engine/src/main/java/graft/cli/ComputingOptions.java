package graft.cli;

import graft.options.Option;
import graft.options.Settings;
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
        Settings given = OptionSpecs.given(command);
        return new Computing(
                given.get(PlanOptions.DEVICE),
                given.get(PlanOptions.PRECISION),
                given.get(PlanOptions.CHECKPOINT_ACTIVATIONS));
    }
}
