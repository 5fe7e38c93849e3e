package graft.judge;

import graft.data.Targets;
import java.util.List;

/** Makes judges for one kind of answer. */
public interface Judging {
    /**
     * A judge of answers to examples that have these targets.
     *
     * @param classes names of the classes, where there are any
     */
    Judge of(Targets targets, List<String> classes);
}
