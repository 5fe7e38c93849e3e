package graft.cli;

import graft.ops.Precision;
import graft.ops.TorchEngine.Hardware;
import graft.train.Computing;
import picocli.CommandLine.Option;

/** On what a step is computed, and how. */
@Heading("Computing")
final class ComputingOptions {
    @Option(names = "--device", defaultValue = "cpu", description = "cpu (default) or cuda.")
    private Hardware device;

    @Option(
            names = "--precision",
            defaultValue = "fp32",
            description =
                    "Of products while learning: fp32 (default) or bf16, faster on processors that know bfloat16.")
    private Precision precision;

    @Option(
            names = "--checkpoint-activations",
            description = "Keep little for the way back and compute it again: less memory, more time.")
    private boolean checkpointActivations;

    Computing computing() {
        return new Computing(device, precision, checkpointActivations);
    }
}
