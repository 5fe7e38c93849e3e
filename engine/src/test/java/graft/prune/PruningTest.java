package graft.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import graft.network.Head;
import graft.onnx.NetworkFile;
import graft.onnx.OnnxFile;
import graft.progress.Progress;
import graft.run.FineTuningPlan;
import graft.run.FineTuningResult;
import graft.run.PlanOptions;
import graft.run.TransferOptions;
import graft.testdata.Plans;
import graft.train.FineTuner;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PruningTest {
    @TempDir
    Path folder;

    private static Path resource(String name) throws URISyntaxException {
        return Path.of(PruningTest.class.getResource("/pytorch/" + name).toURI());
    }

    private Path trained() throws Exception {
        return FineTuner.run(
                        Plans.of(resource("lora-net.onnx"), resource("lora-data.npz"), folder.resolve("trained"))
                                .trainable("all")
                                .epochs(6)
                                .batch(4)
                                .learningRate(0.05)
                                .build(),
                        Progress.NONE)
                .network();
    }

    private Pruning.Plan plan(Path network, double share) throws Exception {
        FineTuningPlan healing = Plans.of(network, resource("lora-data.npz"), folder.resolve("work"))
                .epochs(2)
                .batch(4)
                .build()
                .with(Pruning.usual());
        return new Pruning.Plan(healing, share, folder.resolve("slim.onnx"));
    }

    @Test
    void aSlimmerFileIsTaughtByTheWholeNetworkAndKeepsItsHead() throws Exception {
        Path network = trained();
        Pruning.Result made = Pruning.run(plan(network, 0.6), NetworkFile.at(network), Progress.NONE);
        assertThat(made.macsAfter()).isLessThanOrEqualTo(0.6 * made.macsBefore());
        assertThat(made.bytesAfter()).isEqualTo(Files.size(made.network())).isLessThan(Files.size(network));
        assertThat(made.accuracyBefore()).isNotNull();
        assertThat(made.accuracy()).isBetween(made.interval()[0], made.interval()[1]);
        FineTuningPlan healed = FineTuner.plan(folder.resolve("work").resolve("run"));
        assertThat(healed.get(TransferOptions.TEACHER)).hasValue(network.toString());
        assertThat(healed.get(PlanOptions.HEAD_INIT)).isEqualTo(Head.Init.OWN);

        byte[] first = Files.readAllBytes(made.network());
        Files.delete(made.network());
        Pruning.run(plan(network, 0.6), NetworkFile.at(network), Progress.NONE);
        assertThat(Files.readAllBytes(made.network()))
                .as("given again it goes on, here with nothing")
                .isEqualTo(first);
        Files.delete(made.network());
        assertThatThrownBy(() -> Pruning.run(plan(network, 0.7), NetworkFile.at(network), Progress.NONE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("holds another pruning");
    }

    /** Four outputs, three classes: nothing is known of them, so there is a new head and no teacher. */
    @Test
    void aNetworkThatDoesNotKnowTheClassesGetsANewHead() throws Exception {
        Path network = resource("lora-net.onnx");
        Pruning.Result made = Pruning.run(plan(network, 0.6), NetworkFile.at(network), Progress.NONE);
        assertThat(made.accuracyBefore()).isNull();
        assertThat(made.accuracy()).isNotNull();
        assertThatThrownBy(() -> Pruning.run(plan(network, 1), NetworkFile.at(network), Progress.NONE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("--macs is the share");
    }

    /** With a rate of next to nothing the head is what the file had. */
    @Test
    void aHeadCanBeginAsTheFilesOwn() throws Exception {
        Path network = trained();
        FineTuningResult again = FineTuner.run(
                Plans.of(network, resource("lora-data.npz"), folder.resolve("again"))
                        .epochs(1)
                        .learningRate(1e-12)
                        .headInit(Head.Init.OWN)
                        .build(),
                Progress.NONE);
        for (String name : new String[] {"head.weight", "head.bias"}) {
            assertThat(OnnxFile.read(again.network())
                            .graph()
                            .initializers()
                            .get(name)
                            .toFloats())
                    .isEqualTo(OnnxFile.read(network)
                            .graph()
                            .initializers()
                            .get(name)
                            .toFloats());
        }
        Path foreign = resource("lora-net.onnx");
        assertThatThrownBy(() -> FineTuner.run(
                        Plans.of(foreign, resource("lora-data.npz"), folder.resolve("no"))
                                .headInit(Head.Init.OWN)
                                .build(),
                        Progress.NONE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("gives 4 scores");
    }
}
