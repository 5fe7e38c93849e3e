package graft.task;

import graft.data.DataSet;
import graft.data.Targets;
import graft.network.Head;
import graft.objective.Objective;
import graft.options.Settings;

/** Says what training makes small. */
public interface Objectives {
    /** The objective over the outputs of a head. */
    Objective of(Head head);

    /**
     * Targets as the objective takes them.
     *
     * @param settings what the user chose: weights, smoothing
     */
    default Targets targets(Targets plain, Settings settings) {
        return plain;
    }

    /** Loss of who knows nothing of the examples; NaN where that is not known. */
    default double guessing(DataSet data) {
        return Double.NaN;
    }
}
