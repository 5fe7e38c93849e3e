package graft.run;

import graft.ops.Precision;
import graft.ops.TorchEngine;
import graft.options.Settings;

/**
 * On what a run computes, and how closely.
 *
 * @param precision of products in steps that learn; judging and exporting are always fp32
 * @param checkpointActivations whether a step keeps only few results for the backward pass and computes the others again: less
 *     memory, more time
 */
public record Computing(TorchEngine.Hardware device, Precision precision, boolean checkpointActivations) {
    /** Processor, fp32, everything kept. */
    public static final Computing USUAL = new Computing(TorchEngine.Hardware.CPU, Precision.FP32, false);

    /** As a run's settings say. */
    public static Computing of(Settings settings) {
        return new Computing(
                settings.get(PlanOptions.DEVICE),
                settings.get(PlanOptions.PRECISION),
                settings.get(PlanOptions.CHECKPOINT_ACTIVATIONS));
    }
}
