package graft.task;

import graft.answers.AnswerData;
import graft.answers.AnswerDataSet;
import graft.answers.AnswerJudge;
import graft.answers.AnswerOutputs;
import graft.answers.AnswerSpotter;
import graft.answers.AnswerTargets;
import graft.answers.Question;
import graft.data.DataSet;
import graft.data.Span;
import graft.network.Head;
import graft.objective.Objective;
import graft.objective.SpanCrossEntropy;
import graft.onnx.Graph;
import graft.onnx.Model;
import graft.options.Settings;
import graft.progress.Progress;
import graft.run.PlanOptions;
import graft.text.TextInputs;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where in this passage is the answer to this question? */
final class QuestionAnswering {
    /** Where an answer begins, and where it ends. */
    private static final int SCORES = 2;

    /** What questions are counted by. */
    private static final String ANSWERED = "with an answer";

    private static final String UNANSWERED = "without an answer";

    static final Task TASK = new Task(
            "question-answering",
            new Task.Words(
                    "Where in this passage does the answer to this question stand?",
                    "SQuAD 1.1 and 2.0 (`.json`), or an object for each question (`.jsonl`); a file, or a folder with `train*`,"
                            + " `dev*`, `test*`",
                    "linear on each token: where the answer begins, and where it ends; mean of two cross-entropies",
                    "F1 of words"),
            new Questions(),
            new PassageQuestions(),
            new KeptHead(
                    (file, network, data) -> TaskTable.noted(network.model()).isPresent()
                            ? Optional.empty()
                            : AnswerOutputs.of(file, network.model()).flatMap(AnswerOutputs::both),
                    new OnEachToken("answers in passages", data -> SCORES)),
            new OfSpans(),
            (targets, classes) -> new AnswerJudge((AnswerTargets) targets),
            List.of(
                    PlanOptions.TOKENIZER,
                    PlanOptions.MAX_LENGTH,
                    PlanOptions.DOC_STRIDE,
                    PlanOptions.MAX_ANSWER_LENGTH),
            Optional.of(AnswerSpotter::new));

    private QuestionAnswering() {}

    /** What the user says of how questions are cut. */
    static AnswerDataSet.Wanted wanted(Reading.How how) {
        return new AnswerDataSet.Wanted(how.get(PlanOptions.DOC_STRIDE), how.get(PlanOptions.MAX_ANSWER_LENGTH));
    }

    private static final class Questions implements Reading {
        @Override
        public boolean fits(Path source) {
            return AnswerData.areAt(source);
        }

        @Override
        public boolean isAnsweredBy(Path file, Model network) {
            return AnswerOutputs.of(file, network).isPresent();
        }

        @Override
        public String noun() {
            return "question";
        }

        @Override
        public boolean feeds(Graph network) {
            return TextInputs.areOf(network);
        }

        private static AnswerData read(Path source, Settings how, boolean skip, Progress progress) {
            return AnswerData.open(source, how.get(PlanOptions.SEED), skip, how.get(PlanOptions.VAL_SHARE), progress);
        }

        @Override
        public Listing listed(Path source, Settings how) {
            AnswerData data = read(source, how, true, Progress.NONE);
            List<String> kinds = data.parts().values().stream()
                    .flatMap(List::stream)
                    .map(Questions::kind)
                    .distinct()
                    .sorted() // as it happens, those with an answer first
                    .toList();
            return Listing.ofTexts(
                    source,
                    TASK.name(),
                    kinds,
                    data.parts(),
                    (each, part) -> listed(each, part, source),
                    data.skipped(),
                    data.remarks());
        }

        private static String kind(Question question) {
            return question.impossible() ? UNANSWERED : ANSWERED;
        }

        private static Listing.Listed listed(Question question, String part, Path source) {
            List<Span> golds = question.golds().stream()
                    .map(gold -> new Span(gold.start(), gold.end(), ""))
                    .distinct()
                    .toList();
            return new Listing.Listed(
                    question.name(),
                    kind(question),
                    part,
                    source,
                    question.fingerprint(),
                    question.passage().text(),
                    golds,
                    question.text());
        }

        @Override
        public DataSet open(Path source, Path file, How how, Progress progress) {
            return AnswerDataSet.of(
                    read(source, how.settings(), how.get(PlanOptions.SKIP_UNREADABLE), progress),
                    file,
                    how.network(),
                    TextClassification.feeding(how),
                    wanted(how),
                    progress);
        }

        @Override
        public DataSet judgedBy(DataSet data, Map<String, String> notes) {
            return AnswerDataSet.judgedBy(data, notes);
        }
    }

    private static final class OfSpans implements Objectives {
        @Override
        public Objective of(Head head) {
            return SpanCrossEntropy.over(head.outputs().get(0).name());
        }
    }
}
