package graft.app.evaluate;

import graft.app.evaluate.Figures.Headline;
import graft.app.task.Edition;
import graft.app.task.TaskView;
import java.nio.file.Path;
import java.util.List;

/** What was found of a network's file by a data set, whatever its answers are. */
sealed interface Judged permits Judgement, TagJudgement, AnswerJudgement, TextJudgement {
    Path network();

    Path data();

    /** The state of the data. */
    Edition edition();

    /** How the examples are shown. */
    TaskView view();

    /** The primary score with its interval. */
    String headline();

    /**
     * The same with what it is to be compared with, in a sentence.
     *
     * @param network as it is called
     */
    String summary(String network);

    /** The figures, the largest first. */
    List<Headline> headlines();

    /** What was assumed, and what looks wrong. */
    List<String> remarks();
}
