package graft.transfer;

import graft.network.Network;
import graft.options.Settings;
import graft.problem.Problem;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** All techniques: one line each, in the order in which they change a problem. */
public final class TechniqueTable {
    private static final List<Technique> ALL = List.of(
            Distillation.TECHNIQUE,
            DomainAdaptation.TECHNIQUE,
            StartingPoint.TECHNIQUE,
            GradientClipping.TECHNIQUE,
            MovingAverage.TECHNIQUE,
            TailAverage.TECHNIQUE,
            MixedExamples.MIXUP,
            MixedExamples.CUTMIX,
            Prototypes.TECHNIQUE,
            Matching.TECHNIQUE,
            Episodic.TECHNIQUE,
            Pairs.TECHNIQUE);

    private TechniqueTable() {}

    public static List<Technique> all() {
        return ALL;
    }

    /**
     * Before anything is learnt.
     *
     * @param stages networks with what learns in each stage
     * @param settings of the stages
     * @throws graft.Refusal where a technique is asked for that could do nothing in any of them
     */
    public static void refuseIdle(List<Network> stages, List<Settings> settings) {
        DomainAdaptation.refuseIdle(stages, settings);
    }

    /** What the user should know before steps are taken. */
    public static List<String> remarks(Settings settings, long steps) {
        return MovingAverage.remark(settings, steps).stream().toList();
    }

    /** Inner tensors of a network that objectives of a stage take beside its outputs. */
    public static Set<String> taps(Network network, Settings settings) {
        Set<String> out = new LinkedHashSet<>();
        ALL.forEach(technique -> out.addAll(technique.taps().of(network, settings)));
        return out;
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
