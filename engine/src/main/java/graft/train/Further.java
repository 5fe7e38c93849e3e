package graft.train;

import graft.data.DataSet;
import graft.data.Examples;
import graft.data.Target;
import graft.features.FeatureSets;
import graft.features.FrozenPart;
import graft.features.LabelledFeatures;
import graft.judge.Score;
import graft.network.Network;
import graft.problem.Problem;
import graft.problem.Sources;
import graft.progress.Progress;
import graft.run.FineTuningPlan;
import graft.run.FineTuningResult.OnTarget;
import graft.run.PlanOptions;
import graft.run.TransferOptions;
import graft.run.TransferOptions.Adaptation;
import graft.task.Reading;
import graft.task.Task;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a run was given beside the examples to learn from.
 *
 * @param target examples of another domain
 * @param teacher whose answers are learnt
 */
record Further(Optional<Target> target, Optional<Teacher> teacher) implements AutoCloseable {
    /** Examples that a domain can hardly be known by. */
    private static final int FEW = 30;

    static final Further NONE = new Further(Optional.empty(), Optional.empty());

    /**
     * Opens what a plan names.
     *
     * @param opened the network, before it has its head
     * @param data what is learnt from
     */
    static Further open(FineTuningPlan plan, Task task, Network opened, DataSet data, Progress progress) {
        Optional<Target> target = plan.get(TransferOptions.TARGET)
                .map(folder -> target(Path.of(folder), plan, task, opened, data, progress));
        return new Further(target, Teacher.of(plan, task, data, progress));
    }

    private static Target target(
            Path folder, FineTuningPlan plan, Task task, Network opened, DataSet data, Progress progress) {
        Target read = task.reading()
                .target(
                        folder,
                        data.classes(),
                        plan.network(),
                        new Reading.How(
                                opened.model(),
                                plan::preprocessing,
                                plan.settings(),
                                plan.reading().inputs().keySet()),
                        progress);
        DataSet fed = read.data().fedTo(plan.network(), opened.model().graph().inputs());
        Target out = new Target(fed, read.judged(), read.apart());
        tell(folder, out, progress);
        return out;
    }

    private static void tell(Path folder, Target target, Progress progress) {
        int seen = target.data().train().size();
        int judged = target.data().val().size();
        String labels = !target.judged()
                ? "No class folder of the source is among them: nothing can be said of how right answers are there."
                : judged + " examples with a class " + (target.apart() ? "of another part" : "(the same)")
                        + " are judged after each epoch. Their classes choose nothing."
                        + " A kept epoch is chosen by the validation examples of the source.";
        if (seen < FEW) {
            progress.note(
                    folder + " has " + seen + (seen == 1 ? " example" : " examples")
                            + " of the target domain: means and"
                            + " correlations of so few are mostly chance, and adapting to them may do harm. Some hundreds are usual.");
        }
        progress.note("Target domain " + folder + ": " + seen + " examples without labels. " + labels);
    }

    /**
     * What a stage has of it; empty if cancelled.
     *
     * @param frozen the part of the network below the stage's frontier
     */
    Optional<InStage> in(FineTuningPlan plan, FrozenPart frozen, int fixedBatch, Progress progress) {
        Optional<Sources.Teacher> answers = teacher.map(Teacher::answers);
        if (target.isEmpty()) {
            return Optional.of(new InStage(new Sources(Optional.empty(), Optional.empty(), answers), Optional.empty()));
        }
        DataSet data = target.get().data();
        boolean learnt = plan.get(TransferOptions.ADAPT) != Adaptation.NONE;
        if (!learnt && !target.get().judged()) {
            return Optional.of(new InStage(new Sources(Optional.empty(), Optional.empty(), answers), Optional.empty()));
        }
        Optional<FeatureSets> sets =
                FeatureSets.prepare(plan, frozen, fixedBatch, learnt ? data : data.judgedAlone(), progress);
        return sets.map(found -> {
            boolean kept = found.isValEven();
            Optional<LabelledFeatures> domain = learnt
                    ? Optional.of(LabelledFeatures.of(
                            found.train(), data.train(), data.train().targets(), found.isTrainEven()))
                    : Optional.empty();
            Optional<LabelledFeatures> judged = target.get().judged()
                    ? Optional.of(LabelledFeatures.of(
                            found.val(), data.val(), data.val().targets(), kept))
                    : Optional.empty();
            return new InStage(new Sources(domain, judged, answers), Optional.of(found));
        });
    }

    /** How a written file fares on another domain, where labels are known. */
    Optional<OnTarget> judged(FineTuningPlan plan, Path file, Problem problem, Progress progress) {
        return target.filter(Target::judged).map(domain -> {
            progress.stage("judging the target domain", 0, 0);
            Examples judged = domain.data().val();
            Score score = FileJudge.judged(
                            file,
                            judged,
                            problem.judge().apply(judged.targets()),
                            (int) problem.network().report().fixedBatch(),
                            plan.get(PlanOptions.THREADS))
                    .primary();
            return new OnTarget(score.value(), judged.size(), score.interval());
        });
    }

    /** What a stage has of it, with what must be closed after it. */
    record InStage(Sources sources, Optional<FeatureSets> sets) implements AutoCloseable {
        @Override
        public void close() {
            sets.ifPresent(FeatureSets::close);
        }
    }

    @Override
    public void close() {
        teacher.ifPresent(Teacher::close);
    }
}
