package graft.worker;

import graft.catalog.FetchedNetwork;
import graft.deploy.ClientCode;
import graft.deploy.ClientFolder;
import graft.deploy.Deployment;
import graft.domains.TwoDomains;
import graft.embed.Neighbours;
import graft.evaluate.LayerResponse;
import graft.fewshot.AddedClass;
import graft.language.GapFiller;
import graft.language.Generator;
import graft.network.WeightHistogram;
import graft.network.edit.NetworkEditor;
import graft.novelty.NotedExamples;
import graft.predict.Prediction;
import graft.rewrite.Fp32Converter;
import graft.train.RateFinder;
import graft.trust.Calibration;
import graft.trust.ConformalSets;
import java.util.List;
import java.util.Optional;

/** Everything that a worker can be asked to do. */
public final class Works {
    public static final Work<Opening.Plan, Opening.Opened> OPEN = new Work<>(
            "open", Opening.Plan.class, Opening.Opened.class, Work.Limits.ofMoment(), (plan, p) -> Opening.run(plan));

    public static final Work<Shapes.Plan, Shapes.Found> SHAPES = new Work<>(
            "shapes", Shapes.Plan.class, Shapes.Found.class, Work.Limits.ofMoment(), (plan, p) -> Shapes.run(plan));

    public static final Work<Conversion, Fp32Converter.Result> CONVERT = new Work<>(
            "convert", Conversion.class, Fp32Converter.Result.class, Work.Limits.ofLongWork(), (plan, p) -> plan.run());

    public static final Work<Judging.Plan, Judging.Judged> JUDGE =
            new Work<>("judge", Judging.Plan.class, Judging.Judged.class, Work.Limits.ofLongWork(), Judging::run);

    public static final Work<JudgingTags.Plan, JudgingTags.Judged> JUDGE_TAGS = new Work<>(
            "judge_tags", JudgingTags.Plan.class, JudgingTags.Judged.class, Work.Limits.ofLongWork(), JudgingTags::run);

    public static final Work<JudgingAnswers.Plan, JudgingAnswers.Judged> JUDGE_ANSWERS = new Work<>(
            "judge_answers",
            JudgingAnswers.Plan.class,
            JudgingAnswers.Judged.class,
            Work.Limits.ofLongWork(),
            JudgingAnswers::run);

    public static final Work<JudgingTexts.Plan, JudgingTexts.Judged> JUDGE_TEXTS = new Work<>(
            "judge_texts",
            JudgingTexts.Plan.class,
            JudgingTexts.Judged.class,
            Work.Limits.ofLongWork(),
            JudgingTexts::run);

    public static final Work<Writing.Plan, Generator.Generated> WRITE =
            new Work<>("write", Writing.Plan.class, Generator.Generated.class, Work.Limits.ofLongWork(), Writing::run);

    public static final Work<Writing.Gaps, GapFiller.Filled> FILL =
            new Work<>("fill", Writing.Gaps.class, GapFiller.Filled.class, Work.Limits.ofMoment(), Writing::fill);

    public static final Work<PairedRuns.Plan, PairedRuns.Paired> PAIR = new Work<>(
            "pair", PairedRuns.Plan.class, PairedRuns.Paired.class, Work.Limits.ofLongWork(), PairedRuns::run);

    public static final Work<Asking.Plan, Asking.Answer> ASK =
            new Work<>("ask", Asking.Plan.class, Asking.Answer.class, Work.Limits.ofMoment(), Asking::run);

    public static final Work<Explaining.Plan, Explaining.Found> EXPLAIN = new Work<>(
            "explain", Explaining.Plan.class, Explaining.Found.class, Work.Limits.ofLongWork(), Explaining::run);

    public static final Work<Comparison, Deployment> COMPARE =
            new Work<>("compare", Comparison.class, Deployment.class, Work.Limits.ofLongWork(), Comparison::run);

    public static final Work<Saving.Plan, Saving.Saved> SAVE = new Work<>(
            "save", Saving.Plan.class, Saving.Saved.class, Work.Limits.ofMoment(), (plan, p) -> Saving.run(plan));

    public static final Work<Saving.Programs, ClientCode> PROGRAMS = new Work<>(
            "programs", Saving.Programs.class, ClientCode.class, Work.Limits.ofMoment(), (plan, p) -> plan.run());

    public static final Work<Saving.Folder, ClientFolder> SAVE_FOLDER = new Work<>(
            "save_folder", Saving.Folder.class, ClientFolder.class, Work.Limits.ofMoment(), (plan, p) -> plan.run());

    public static final Work<Predicting.Plan, Prediction> PREDICT =
            new Work<>("predict", Predicting.Plan.class, Prediction.class, Work.Limits.ofLongWork(), Predicting::run);

    public static final Work<Editing.Plan, NetworkEditor.Result> EDIT = new Work<>(
            "edit",
            Editing.Plan.class,
            NetworkEditor.Result.class,
            Work.Limits.ofMoment(),
            (plan, p) -> Editing.run(plan));

    public static final Work<WeightNumbers.Plan, WeightHistogram> WEIGHTS = new Work<>(
            "weights",
            WeightNumbers.Plan.class,
            WeightHistogram.class,
            Work.Limits.ofMoment(),
            (plan, p) -> WeightNumbers.run(plan));

    public static final Work<Response.Plan, LayerResponse> RESPONSE =
            new Work<>("response", Response.Plan.class, LayerResponse.class, Work.Limits.ofMoment(), Response::run);

    public static final Work<Timing.Plan, Timing.Pace> PACE = new Work<>(
            "pace", Timing.Plan.class, Timing.Pace.class, Work.Limits.ofMoment(), (plan, p) -> Timing.run(plan));

    public static final Work<RateTrial.Plan, RateFinder.Found> FIND_RATE = new Work<>(
            "find_rate", RateTrial.Plan.class, RateFinder.Found.class, Work.Limits.ofLongWork(), RateTrial::run);

    public static final Work<Trusting.Doubting, Trusting.Doubted> SUSPECTS = new Work<>(
            "suspects",
            Trusting.Doubting.class,
            Trusting.Doubted.class,
            Work.Limits.ofLongWork(),
            (plan, p) -> plan.run(p));

    public static final Work<Trusting.Cooling, Calibration> CALIBRATE = new Work<>(
            "calibrate", Trusting.Cooling.class, Calibration.class, Work.Limits.ofLongWork(), (plan, p) -> plan.run(p));

    public static final Work<Trusting.Covering, ConformalSets> SETS = new Work<>(
            "sets", Trusting.Covering.class, ConformalSets.class, Work.Limits.ofLongWork(), (plan, p) -> plan.run(p));

    public static final Work<Trusting.Noting, NotedExamples> NOTE = new Work<>(
            "note", Trusting.Noting.class, NotedExamples.class, Work.Limits.ofLongWork(), (plan, p) -> plan.run(p));

    public static final Work<Resembling.Plan, Neighbours> NEIGHBOURS = new Work<>(
            "neighbours", Resembling.Plan.class, Neighbours.class, Work.Limits.ofLongWork(), Resembling::run);

    public static final Work<DomainComparison, TwoDomains> DOMAINS = new Work<>(
            "domains", DomainComparison.class, TwoDomains.class, Work.Limits.ofLongWork(), DomainComparison::run);

    public static final Work<AddingClass.Plan, AddedClass> ADD_CLASS = new Work<>(
            "add_class", AddingClass.Plan.class, AddedClass.class, Work.Limits.ofLongWork(), AddingClass::run);

    public static final Work<Fetching.Plan, FetchedNetwork> FETCH =
            new Work<>("fetch", Fetching.Plan.class, FetchedNetwork.class, Work.Limits.ofLongWork(), Fetching::run);

    public static final Work<Proposing.Plan, Proposing.Proposed> PROPOSE_PREPARATION = new Work<>(
            "propose_preparation",
            Proposing.Plan.class,
            Proposing.Proposed.class,
            Work.Limits.ofLongWork(),
            Proposing::run);

    private static final List<Work<?, ?>> ALL = List.of(
            OPEN,
            SHAPES,
            CONVERT,
            JUDGE,
            JUDGE_TAGS,
            JUDGE_ANSWERS,
            JUDGE_TEXTS,
            WRITE,
            FILL,
            PAIR,
            ASK,
            EXPLAIN,
            COMPARE,
            SAVE,
            SAVE_FOLDER,
            PROGRAMS,
            PREDICT,
            EDIT,
            WEIGHTS,
            RESPONSE,
            PACE,
            FIND_RATE,
            SUSPECTS,
            CALIBRATE,
            SETS,
            NOTE,
            NEIGHBOURS,
            DOMAINS,
            ADD_CLASS,
            FETCH,
            PROPOSE_PREPARATION);

    private Works() {}

    /** Empty where no work has that name. */
    static Optional<Work<?, ?>> named(String name) {
        return ALL.stream().filter(work -> work.name().equals(name)).findFirst();
    }
}
