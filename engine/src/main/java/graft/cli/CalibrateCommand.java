package graft.cli;

import graft.onnx.NetworkFile;
import graft.progress.Progress;
import graft.text.TokenizerFile;
import graft.trust.Calibration;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code graft calibrate}. */
@Command(
        name = "calibrate",
        description = "Makes a network as sure as it is right: fits one temperature that its logits are divided by.",
        sortOptions = false)
final class CalibrateCommand extends TrustCommand<Calibration> {
    @Option(names = "--out", paramLabel = "FILE", description = "Write the network with the temperature there.")
    private Optional<Path> out;

    @Override
    protected Calibration run(Progress progress) {
        Calibration found = trust(progress).calibrate(out, progress);
        out.ifPresent(
                made -> TokenizerFile.follow(network(), NetworkFile.at(made).model(), made));
        return found;
    }

    @Override
    protected void print(Calibration result, PrintWriter out) {
        out.println(
                result.changesAnything()
                        ? String.format(
                                Locale.ROOT, "Temperature %.4f; what is answered stays the same.", result.temperature())
                        : "No temperature was found that makes unseen examples likelier and their calibration error no larger: it stays as it is (temperature 1).");
        out.printf(Locale.ROOT, "On %d examples (%s):%n", result.n(), result.judgedOn());
        out.printf(Locale.ROOT, "calibration error (ECE)  %.4f, was %.4f%n", result.eceAfter(), result.eceBefore());
        out.printf(Locale.ROOT, "Brier score              %.4f, was %.4f%n", result.brierAfter(), result.brierBefore());
        out.printf(Locale.ROOT, "negative log-likelihood  %.4f, was %.4f%n", result.nllAfter(), result.nllBefore());
        this.out.ifPresent(file -> out.println("Written: " + file));
    }
}
