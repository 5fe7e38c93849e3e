package graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import graft.image.Augmentation;
import graft.image.Channels;
import graft.image.Layout;
import graft.image.Preprocessing;
import graft.meaning.Reading;
import graft.network.Head;
import graft.onnx.OnnxFile;
import graft.ops.Precision;
import graft.ops.TorchEngine.Hardware;
import graft.run.Computing;
import graft.run.FineTuningPlan;
import graft.run.Schedule;
import graft.testdata.Plans;
import graft.testdata.TinyNetworks;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TrainArgumentsTest {
    @TempDir
    Path folder;

    private Path network;

    @BeforeEach
    void network() {
        network = folder.resolve("net work.onnx");
        OnnxFile.write(TinyNetworks.convolutional(), network);
    }

    private static FineTuningPlan parsed(FineTuningPlan plan) {
        CommandLine line = Main.line();
        line.parseArgs(TrainArguments.of(plan).toArray(String[]::new));
        TrainCommand command = line.getSubcommands().get("train").getCommand();
        return command.plan();
    }

    @Test
    void theCommandLineOfAPlanGivesThatPlan() {
        FineTuningPlan plan = Plans.of(network, folder.resolve("d.npz"), folder.resolve("run"))
                .build();
        assertThat(parsed(plan)).isEqualTo(plan);
    }

    @Test
    void everyChoiceSurvives() {
        FineTuningPlan plan = new FineTuningPlan(
                network,
                folder.resolve("pictures"),
                folder.resolve("run"),
                "conv*,fc",
                7,
                5,
                6,
                FineTuningPlan.OptimizerKind.ADAMW,
                3e-4,
                0.8,
                0.05,
                Schedule.ONECYCLE,
                new Augmentation(true, true, true, 20),
                3,
                true,
                0.1,
                true,
                true,
                42,
                4,
                false,
                Head.Init.ZEROS,
                Optional.of("-f"),
                Optional.of(new Preprocessing(
                        8, 255, new float[] {-104, 117, 123}, new float[] {1, 2, 3}, Channels.BGR, Layout.NCHW)),
                true,
                2,
                0,
                new Computing(Hardware.CUDA, Precision.BF16, true),
                Reading.of(Optional.of("probabilities:0"), Map.of()));
        assertThat(parsed(plan)).isEqualTo(plan);
    }
}
