package graft.worker;

import graft.inference.PaceMeter;
import graft.meaning.Reading;
import graft.network.Importer;
import java.nio.file.Path;

/** Measures how fast this machine is with a network. */
public final class Timing {
    private Timing() {}

    /** Of the network of a file, as it is read. */
    public record Plan(Path file, Reading reading) implements Work.Plan {}

    /** @param seconds that an example takes forward through it, several at once */
    public record Pace(double seconds) {}

    static Pace run(Plan plan) {
        return new Pace(PaceMeter.secondsPerExample(
                Importer.open(plan.file(), plan.reading()).model()));
    }
}
