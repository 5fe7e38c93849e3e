package graft.app.data;

import graft.app.controls.Numbers;
import graft.app.jobs.WindowWords;
import graft.app.problem.Problem;
import graft.app.problem.Problem.Fix;
import graft.app.task.ExampleSet;
import graft.data.Corrections;
import graft.data.Remark;
import graft.data.Skipped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;

/** What is wrong with the data that are open: what cannot be read, and what may mislead. */
public final class DataProblems {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.data");
    /** Files that are named; the Data screen lists all. */
    private static final int NAMED = 3;

    private DataProblems() {}

    public static ObservableValue<List<Problem>> of(DataViewModel model, SuspectsViewModel suspects) {
        return Bindings.createObjectBinding(
                () -> find(model, suspects),
                model.examplesProperty(),
                model.problemProperty(),
                model.changedProperty(),
                suspects.rows());
    }

    private static List<Problem> find(DataViewModel model, SuspectsViewModel suspects) {
        List<Problem> out = new ArrayList<>();
        if (!model.problemProperty().get().isEmpty()) {
            out.add(Problem.wrong(model.problemProperty().get()));
        }
        ExampleSet set = model.examplesProperty().get();
        if (set != null && model.changedProperty().get()) {
            out.add(Problem.warning(text("changed", set.source()))
                    .with(new Fix(TEXTS.getString("changed.read"), model::readAgain)));
        }
        if (set != null) {
            leftOut(set, model).ifPresent(out::add);
            set.remarks().stream()
                    // What helps against that is a setting of the run, and told there.
                    .filter(remark -> remark.isProblem() && remark.kind() != Remark.Kind.IMBALANCE)
                    .forEach(remark -> out.add(of(remark, set, model)));
        }
        if (!suspects.rows().isEmpty()) {
            out.add(Problem.warning(text("suspects.problem", suspects.rows().size()))
                    .with(new Fix(TEXTS.getString("suspects.look"), () -> suspects.shownProperty()
                            .set(true))));
        }
        return List.copyOf(out);
    }

    private static Optional<Problem> leftOut(ExampleSet set, DataViewModel model) {
        List<Skipped> skipped = set.skipped();
        if (skipped.isEmpty()) {
            return Optional.empty();
        }
        String names = skipped.stream()
                .limit(NAMED)
                .map(each -> each.file().getFileName() + " (" + WindowWords.of(each.reason()) + ")")
                .collect(Collectors.joining(", "));
        String more = skipped.size() > NAMED ? text("problem.more", skipped.size() - NAMED) : "";
        Problem problem = Problem.warning(text("skipped", skipped.size()) + ": " + names + more);
        return Optional.of(
                !set.unsettled().isEmpty()
                        ? problem.with(fix(TEXTS.getString("fix.settle"), model::settleSkipped, set, model))
                        : problem);
    }

    private static Problem of(Remark remark, ExampleSet set, DataViewModel model) {
        Problem problem = Problem.warning(WindowWords.of(remark.text()));
        return remark.fix().isNone()
                ? problem
                : problem.with(fix(words(remark.fix()), () -> model.mend(remark), set, model));
    }

    private static Fix fix(String words, Runnable does, ExampleSet set, DataViewModel model) {
        return new Fix(words, text("fix.hint", Corrections.FILE), does, Optional.of(() -> model.undoTo(set)));
    }

    /** What a correction does, as a button says it. */
    static String words(Corrections fix) {
        return fix.merge().isEmpty() ? text("fix.leave.out", fix.leaveOut().size()) : TEXTS.getString("fix.merge");
    }

    private static String text(String key, Object... values) {
        return Numbers.message(TEXTS.getString(key), values);
    }
}
