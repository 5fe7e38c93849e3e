package graft.cli;

import graft.onnx.OnnxFile;
import graft.progress.Progress;
import graft.rewrite.Fp32Converter;
import graft.text.TokenizerFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code graft convert}. */
@Command(
        name = "convert",
        description = "Converts an fp16, double-precision or quantized network to fp32, so that it can be trained.")
final class ConvertCommand extends GraftCommand<Fp32Converter.Result> {
    @Parameters(paramLabel = "NET", converter = NetworkArgument.class, description = "The .onnx file.")
    private Path network;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The fp32 file to write.")
    private Path out;

    @Override
    protected Fp32Converter.Result run(Progress progress) {
        progress.stage("converting", 0, 0);
        Fp32Converter.Result made = Fp32Converter.run(new Fp32Converter.Plan(network, out));
        TokenizerFile.follow(network, OnnxFile.read(out), out);
        return made;
    }

    @Override
    protected void print(Fp32Converter.Result result, PrintWriter out) {
        result.notes().forEach(out::println);
        out.printf(
                "%s: %d tensors widened, %d rounding nodes removed%s%n",
                result.network(),
                result.halfTensors(),
                result.roundingNodes(),
                Double.isNaN(result.maxAbsDifference())
                        ? ""
                        : String.format(
                                "; largest difference on a random input %.3g (largest output %.3g)",
                                result.maxAbsDifference(), result.maxAbsOutput()));
    }
}
