package graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import graft.files.Json;
import graft.image.Channels;
import graft.image.Layout;
import graft.image.Preprocessing;
import graft.meaning.Reading;
import graft.network.Importer;
import graft.onnx.OnnxFile;
import graft.options.Option;
import graft.progress.Progress;
import graft.run.FineTuningPlan;
import graft.run.PlanJson;
import graft.run.PlanOptions;
import graft.run.RateKind;
import graft.run.Recipes;
import graft.testdata.OtherValues;
import graft.testdata.Plans;
import graft.testdata.TinyNetworks;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
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
        return command.plan(Progress.NONE);
    }

    @Test
    void theCommandLineOfAPlanGivesThatPlan() {
        FineTuningPlan plan = Plans.of(network, folder.resolve("d.npz"), folder.resolve("run"))
                .build();
        assertThat(parsed(plan)).isEqualTo(plan);
    }

    @Test
    void aRateThatATestIsToChooseIsAWordUntilItIsChosen() {
        FineTuningPlan plan = Plans.of(network, folder.resolve("d.npz"), folder.resolve("run"))
                .learningRate(RateKind.AUTO)
                .build();
        assertThat(TrainArguments.of(plan)).contains("--lr=auto");
        assertThat(Json.read(Json.write(plan), FineTuningPlan.class)).isEqualTo(plan);
    }

    /** Each option has the value once that it usually has not. */
    static Stream<Option<?>> table() {
        return PlanOptions.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("table")
    <T> void everyOptionReachesPlanJsonAndCommandAndComesBack(Option<T> option) {
        T other = OtherValues.of(option);
        FineTuningPlan plan = FineTuningPlan.of(network, folder.resolve("d.npz"), folder.resolve("run"))
                .with(option, other);
        assertThat(plan.get(option)).isEqualTo(other).isNotEqualTo(option.usual());
        assertThat(parsed(plan)).isEqualTo(Recipes.expanded(plan, Importer.open(network)));
        JsonNode json = Json.tree(plan);
        assertThat(PlanJson.said(json, option)).isEqualTo(option.kind().json(other));
        assertThat(Json.read(json.toString(), FineTuningPlan.class)).isEqualTo(plan);
    }

    @Test
    void whatBelongsToNoTableSurvivesToo() {
        FineTuningPlan plan = FineTuningPlan.of(network, folder.resolve("pictures"), folder.resolve("run"))
                .withPreprocessing(Optional.of(new Preprocessing(
                        8, 255, new float[] {-104, 117, 123}, new float[] {1, 2, 3}, Channels.BGR, Layout.NCHW)))
                .withReading(Reading.of(Optional.of("probabilities:0"), Map.of()));
        assertThat(parsed(plan)).isEqualTo(plan);
        assertThat(Json.read(Json.write(plan), FineTuningPlan.class)).isEqualTo(plan);
    }
}
