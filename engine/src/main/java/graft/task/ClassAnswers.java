package graft.task;

import graft.data.ClassTargets;
import graft.data.DataSet;
import graft.data.Targets;
import graft.evaluate.ClassJudge;
import graft.judge.Judging;
import graft.network.Head;
import graft.objective.CrossEntropy;
import graft.objective.Objective;
import graft.options.Option;
import graft.options.Settings;
import graft.run.PlanOptions;
import java.util.List;
import java.util.stream.Stream;

/** What tasks have in common whose answer is one class per example. */
final class ClassAnswers {
    static final Objectives OBJECTIVES = new Objectives() {
        @Override
        public Objective of(Head head) {
            return CrossEntropy.over(head.outputs().get(0).name());
        }

        @Override
        public Targets targets(Targets plain, Settings settings) {
            ClassTargets targets = ((ClassTargets) plain).smoothed(settings.get(PlanOptions.LABEL_SMOOTHING));
            return settings.get(PlanOptions.CLASS_WEIGHTS) ? targets.balanced() : targets;
        }

        @Override
        public double guessing(DataSet data) {
            return Math.log(data.classes().size());
        }
    };

    static final Judging JUDGING = (targets, classes) -> new ClassJudge(Head.LOGITS, (ClassTargets) targets, classes);

    private ClassAnswers() {}

    /** The options of all these tasks, and of one of them. */
    static List<Option<?>> optionsAnd(Option<?>... own) {
        return Stream.concat(Stream.of(PlanOptions.CLASS_WEIGHTS, PlanOptions.LABEL_SMOOTHING), Stream.of(own))
                .toList();
    }
}
