package graft.cli;

import graft.features.KeptFeatures;
import graft.progress.Progress;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code graft cache}. */
@Command(
        name = "cache",
        description =
                "Says what kept features take of the disk: what frozen layers have computed, so that the next run begins at"
                        + " once.")
final class CacheCommand extends GraftCommand<CacheCommand.Kept> {
    private static final double MEGABYTE = 1e6;

    /** @param bytes that are kept, after cleaning where that was asked for */
    record Kept(long bytes) {}

    @Option(names = "--clean", description = "Delete them; what is missed is computed anew.")
    private boolean clean;

    @Override
    protected Kept run(Progress progress) {
        return new Kept(clean ? KeptFeatures.clean() : KeptFeatures.bytes());
    }

    @Override
    protected void print(Kept kept, PrintWriter out) {
        out.printf("%.1f MB of features are kept%n", kept.bytes() / MEGABYTE);
    }
}
