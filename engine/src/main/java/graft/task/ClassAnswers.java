package graft.task;

import graft.data.ClassTargets;
import graft.data.DataSet;
import graft.data.Targets;
import graft.evaluate.ClassJudge;
import graft.judge.Judging;
import graft.network.Head;
import graft.objective.CrossEntropy;
import graft.objective.Objective;

/** What tasks have in common whose answer is one class per example. */
final class ClassAnswers {
    static final Objectives OBJECTIVES = new Objectives() {
        @Override
        public Objective of(Head head) {
            return CrossEntropy.over(head.outputs().get(0).name());
        }

        @Override
        public Targets targets(Targets plain, Choice choice) {
            ClassTargets targets = ((ClassTargets) plain).smoothed(choice.labelSmoothing());
            return choice.classWeights() ? targets.balanced() : targets;
        }

        @Override
        public double guessing(DataSet data) {
            return Math.log(data.classes().size());
        }
    };

    static final Judging JUDGING = (targets, classes) -> new ClassJudge(Head.LOGITS, (ClassTargets) targets, classes);

    private ClassAnswers() {}
}
