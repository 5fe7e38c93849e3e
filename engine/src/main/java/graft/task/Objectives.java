package graft.task;

import graft.data.DataSet;
import graft.data.Targets;
import graft.network.Head;
import graft.objective.Objective;

/** Says what training makes small. */
public interface Objectives {
    /**
     * What the user chooses of it.
     *
     * @param classWeights whether rare classes count more, so that all classes count the same together
     * @param labelSmoothing share of the target spread over all classes, 0…1
     */
    record Choice(boolean classWeights, double labelSmoothing) {}

    /** The objective over the outputs of a head. */
    Objective of(Head head);

    /** Targets as the objective takes them. */
    Targets targets(Targets plain, Choice choice);

    /** Loss of who knows nothing of the examples; NaN where that is not known. */
    double guessing(DataSet data);
}
