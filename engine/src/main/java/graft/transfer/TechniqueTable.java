package graft.transfer;

import graft.options.Settings;
import graft.problem.Problem;
import java.util.List;

/** All techniques: one line each, in the order in which they change a problem. */
public final class TechniqueTable {
    private static final List<Technique> ALL =
            List.of(StartingPoint.TECHNIQUE, GradientClipping.TECHNIQUE, MovingAverage.TECHNIQUE);

    private TechniqueTable() {}

    public static List<Technique> all() {
        return ALL;
    }

    /** The problem with everything that the settings ask for. */
    public static Problem applied(Problem plain, Settings settings) {
        Problem out = plain;
        for (Technique technique : ALL) {
            out = technique.apply(out, settings);
        }
        return out;
    }
}
