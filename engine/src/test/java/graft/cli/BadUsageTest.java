package graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import graft.files.Json;
import graft.onnx.OnnxFile;
import graft.options.Kinds;
import graft.options.Option;
import graft.options.Range;
import graft.run.PlanOptions;
import graft.testdata.NpzFiles;
import graft.testdata.Plans;
import graft.testdata.TinyNetworks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BadUsageTest {
    @TempDir
    private Path folder;

    private static void isShortUsage(Graft.Answer answer, String command, String message) {
        assertThat(answer.exitCode()).as(answer.err()).isEqualTo(2);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err().lines()).hasSize(1);
        assertThat(answer.err())
                .startsWith("graft: ")
                .contains(message)
                .contains("Usage: graft " + command)
                .contains("`graft " + command + " --help` lists the options.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--epochs=0|--epochs must be a whole number from 1 to 1000000; it was 0",
                "--batch=-3|--batch must be a whole number from 1 to 65536; it was -3",
                "--batch=2000000000|it was 2000000000",
                "--batch=3000000000|'3000000000' has too many digits",
                "--accumulate=0|--accumulate must be",
                "--lr=Infinity|--lr must be a number above 0, at most 1000000000; it was Infinity",
                "--lr=NaN|it was NaN",
                "--lr=0|it was 0",
                "--lr=fast|'fast' is no number",
                "--momentum=1|--momentum must be a number of at least 0 and below 1; it was 1",
                "--weight-decay=-1|--weight-decay must be a number from 0 to 1000000; it was -1",
                "--label-smoothing=-0.1|--label-smoothing must be",
                "--early-stop=-1|--early-stop must be",
                "--views=-1|--views must be",
                "--threads=-1|--threads must be",
                "--checkpoint-seconds=-1|--checkpoint-seconds must be",
                "--checkpoint-seconds=1e300|--checkpoint-seconds must be",
                "--seed=99999999999999999999|'99999999999999999999' has too many digits",
                "--size=0|--size must be a whole number from 1 to 8192; it was 0",
                "--size=224x9000|--size must be",
                "--std=1,0,1|--std: each number must be a number above 0, and finite; it was 0",
                "--mean=NaN|--mean: each number must be a finite number; it was NaN",
                "--mean=0,0|is neither one number nor three",
                "--scale=0|--scale must be",
                "--augment=nonsense|There is no augmentation",
                "--augment=rotate:500|0 to 180 degrees",
                "--trainable=''|--trainable is empty",
                "--features=''|--features is empty",
                "--trainable=last:-1|a number of layers",
                "--optimizer=best|'best' is none of sgd, adamw",
                "--schedule=best|'best' is none of constant, cosine, onecycle",
                "--device=tpu|'tpu' is none of cpu, cuda",
                "--no-such-option|Unknown option",
            })
    void anOptionBeyondItsLimitsIsBadUsage(String option, String message) {
        List<String> arguments = new ArrayList<>(
                List.of("train", "--network=net.onnx", "--data=data", "--out=" + folder.resolve("run")));
        arguments.add(option.replace("''", ""));
        isShortUsage(Graft.run(arguments.toArray(String[]::new)), "train", message);
        assertThat(folder.resolve("run")).doesNotExist();
    }

    /** Each option of a run that is a number with an end, and the next number beyond it. */
    static Stream<Arguments> beyond() {
        return PlanOptions.ALL.stream()
                .filter(option -> option.kind() instanceof Kinds.Numeric<?>)
                .flatMap(option -> {
                    Range range = ((Kinds.Numeric<?>) option.kind()).range();
                    return Stream.of(range.from() - 1, range.to() + 1)
                            .filter(number -> !range.contains(number))
                            .map(number -> Arguments.of(option, String.format(Locale.ROOT, "%.0f", number)));
                });
    }

    @ParameterizedTest
    @MethodSource("beyond")
    void everyNumberOfTheTableEndsAtItsLimits(Option<?> option, String number) {
        isShortUsage(
                Graft.run("train", "--network=n.onnx", "--data=d", "--out=o", option.name() + "=" + number),
                "train",
                option.name() + " must be " + option.kind().words() + "; it was " + number);
    }

    @Test
    void everyCommandKeepsTheSameLimits() {
        isShortUsage(Graft.run("demo", "--epochs=0"), "demo", "--epochs must be");
        isShortUsage(Graft.run("demo", "--threads=-1"), "demo", "--threads must be");
        isShortUsage(Graft.run("gradcheck", "n.onnx", "--samples=0"), "gradcheck", "--samples must be");
        isShortUsage(Graft.run("gradcheck", "n.onnx", "--batch=0"), "gradcheck", "--batch must be");
        isShortUsage(Graft.run("bench", "step", "n.onnx", "--steps=0"), "bench step", "--steps must be");
        isShortUsage(Graft.run("evaluate", "--network=n", "--data=d", "--threads=-1"), "evaluate", "--threads must be");
        isShortUsage(
                Graft.run("quantize", "--network=n", "--out=o", "--calibration-examples=0"),
                "quantize",
                "--calibration-examples must be");
        for (String points : List.of("-1", "NaN", "101")) {
            isShortUsage(
                    Graft.run("deploy", "--network=n", "--data=d", "--out=o", "--max-loss=" + points),
                    "deploy",
                    "--max-loss must be a number from 0 to 100; it was " + points);
        }
        isShortUsage(Graft.run("convert", "n.onnx", "--out="), "convert", "--out is empty");
    }

    @Test
    void aPlanFromAFileKeepsTheLimitsOfTheCommandLine() throws IOException {
        Path network = folder.resolve("net.onnx");
        OnnxFile.write(TinyNetworks.convolutional(), network);
        Path data = NpzFiles.examples(folder.resolve("data.npz"), 20, 10);
        Path run = Files.createDirectory(folder.resolve("run"));
        Json.write(run.resolve("plan.json"), Plans.of(network, data, run).build());
        String plan = Files.readString(run.resolve("plan.json"));
        for (String[] wrong : new String[][] {
            {"\"epochs\" : 3", "\"epochs\" : -3", "epochs must be a whole number from 1 to 1000000; it was -3"},
            {"\"learning_rate\" : 0.01", "\"learning_rate\" : 1e400", "lr must be"},
            {"\"trainable\" : \"head\"", "\"trainable\" : \"\"", "names no layer"},
            {"\"optimizer\" : \"SGD\"", "\"optimizer\" : null", "does not say its optimizer"},
        }) {
            assertThat(plan).contains(wrong[0]);
            Files.writeString(run.resolve("plan.json"), plan.replace(wrong[0], wrong[1]));
            Graft.Answer answer = Graft.run("resume", run.toString(), "--project=" + folder.resolve("project"));
            assertThat(answer.exitCode()).isEqualTo(1);
            assertThat(answer.err())
                    .contains(run.resolve("plan.json").toString())
                    .contains(wrong[2]);
        }
    }

    @Test
    void ratesAndRecipesOfASweepAreLookedAtAtOnce() {
        isShortUsage(
                Graft.run("sweep", "--network=net.onnx", "--data=d", "--out=o", "--rates=0.1,0"),
                "sweep",
                "'0' is no learning rate");
        isShortUsage(
                Graft.run("sweep", "--network=net.onnx", "--data=d", "--out=o", "--recipes=head,foo"),
                "sweep",
                "There is no recipe \"foo\"");
    }
}
