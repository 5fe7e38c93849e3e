package graft.cli;

import graft.progress.Progress;
import graft.trust.Suspects;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code graft suspects}. */
@Command(
        name = "suspects",
        description = "Finds labels that look wrong: those that heads which learnt from other examples find unlikely."
                + " Nothing is changed; the test part is not looked at.",
        sortOptions = false)
final class SuspectsCommand extends TrustCommand<Suspects> {
    /** Listed on a console; every example is in what --json prints. */
    private static final int LISTED = 50;

    @Option(
            names = "--folds",
            paramLabel = "N",
            defaultValue = "5",
            description = "So many times a head learns from what is not in a fold (default: 5).")
    private int folds;

    @Override
    protected Suspects run(Progress progress) {
        Suspects found = trust(progress).suspects(folds, progress);
        found.remarks().forEach(progress::note);
        return found;
    }

    @Override
    protected void print(Suspects found, PrintWriter out) {
        List<Suspects.Suspect> expected = found.expected();
        out.printf(
                Locale.ROOT,
                "%d of %d labels look wrong. Heads that had not seen them gave %.1f %% of all examples their label.%n",
                found.expectedWrong(),
                found.n(),
                100 * found.accuracy());
        if (expected.isEmpty()) {
            return;
        }
        out.println("quality  label -> suggested  example");
        expected.stream()
                .limit(LISTED)
                .forEach(each -> out.printf(
                        Locale.ROOT,
                        "%7.3f  %s -> %s  %s%n",
                        each.score(),
                        each.label(),
                        each.suggested(),
                        each.name()));
        if (expected.size() > LISTED) {
            out.println("and " + (expected.size() - LISTED) + " more; --json lists all.");
        }
        out.println("Look at them before anything is changed: what is rare looks wrong too. `graft data relabel` and"
                + " `graft data leave-out` put them right.");
    }
}
