package graft.app.evaluate;

import graft.app.jobs.Worker;
import graft.app.task.Edition;
import graft.app.task.TaskView;
import graft.app.task.TaskView.Answers;
import graft.meaning.Reading;
import graft.progress.Progress;
import graft.worker.Judging;
import graft.worker.JudgingAnswers;
import graft.worker.JudgingTags;
import graft.worker.JudgingTexts;
import graft.worker.Works;
import java.nio.file.Path;
import java.util.Map;

/** How files are judged for the screen: one for each kind of answer. */
final class Judgers {
    private static final Map<Answers, Judger> ALL = Map.of(
            Answers.CLASSES,
            Judgers::byClasses,
            Answers.PLACES,
            Judgers::byPlaces,
            Answers.PASSAGES,
            Judgers::byPassages,
            Answers.CONTINUATIONS,
            Judgers::byTexts,
            Answers.GAPS,
            Judgers::byTexts);

    private Judgers() {}

    /**
     * What is judged.
     *
     * @param reading what the user says of the file
     */
    record Asked(Path file, Reading reading, Path data, Edition edition, TaskView view) {}

    private interface Judger {
        Judged judge(Asked asked, Worker worker, Progress progress);
    }

    static Judged judge(Asked asked, Worker worker, Progress progress) {
        return ALL.get(asked.view().answers()).judge(asked, worker, progress);
    }

    private static Judged byClasses(Asked asked, Worker worker, Progress progress) {
        Judging.Judged judged = worker.ask(
                Works.JUDGE,
                new Judging.Plan(
                        asked.file(),
                        asked.data(),
                        asked.reading(),
                        asked.edition().how()),
                progress);
        return new Judgement(
                asked.file(),
                asked.reading(),
                asked.data(),
                asked.edition(),
                asked.view(),
                judged.evaluation(),
                judged.answers(),
                judged.curves());
    }

    private static Judged byPlaces(Asked asked, Worker worker, Progress progress) {
        JudgingTags.Judged found = worker.ask(
                Works.JUDGE_TAGS,
                new JudgingTags.Plan(asked.file(), asked.data(), asked.edition().how()),
                progress);
        return new TagJudgement(asked.file(), asked.data(), asked.edition(), asked.view(), found);
    }

    private static Judged byPassages(Asked asked, Worker worker, Progress progress) {
        JudgingAnswers.Judged found = worker.ask(
                Works.JUDGE_ANSWERS,
                new JudgingAnswers.Plan(
                        asked.file(), asked.data(), asked.edition().how()),
                progress);
        return new AnswerJudgement(asked.file(), asked.data(), asked.edition(), asked.view(), found);
    }

    private static Judged byTexts(Asked asked, Worker worker, Progress progress) {
        JudgingTexts.Judged found = worker.ask(
                Works.JUDGE_TEXTS,
                new JudgingTexts.Plan(
                        asked.file(), asked.data(), asked.edition().how()),
                progress);
        return new TextJudgement(asked.file(), asked.data(), asked.edition(), asked.view(), found);
    }
}
