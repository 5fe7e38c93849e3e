package graft.app.shell;

import graft.app.problem.Problem;
import graft.app.problem.Problem.Fix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** One list of what all steps have to complain of, the worst first, then in the order of the steps. */
final class ProblemsViewModel {

    /** What a step tells. */
    record Source(Step step, ObservableValue<List<Problem>> problems) {}

    /** A problem and the step it belongs to. */
    record Found(Step step, Problem problem) {}

    private final List<Source> sources;
    private final ObservableList<Found> found = FXCollections.observableArrayList();
    /** What was clicked, until its problem is gone. */
    private Found mending;

    private final ReadOnlyObjectWrapper<Fix> fixed = new ReadOnlyObjectWrapper<>();

    ProblemsViewModel(List<Source> sources) {
        this.sources = List.copyOf(sources);
        sources.forEach(source -> source.problems().addListener((property, old, now) -> gather()));
        gather();
    }

    private void gather() {
        List<Found> all = new ArrayList<>();
        for (Source source : sources) {
            source.problems().getValue().forEach(problem -> all.add(new Found(source.step(), problem)));
        }
        all.sort(Comparator.comparing(each -> each.problem().severity()));
        if (!isLike(all)) {
            found.setAll(all);
        }
        if (mending != null && all.stream().noneMatch(each -> each.problem().isLike(mending.problem()))) {
            Fix done = mending.problem().fix().orElseThrow();
            mending = null;
            fixed.set(done.undo().isPresent() ? done : null);
        }
    }

    /** What says the same as before stays as it is, under whoever is about to click on it. */
    private boolean isLike(List<Found> now) {
        if (now.size() != found.size()) {
            return false;
        }
        for (int i = 0; i < now.size(); i++) {
            Found one = now.get(i);
            Found other = found.get(i);
            if (one.step() != other.step()
                    || !one.problem().isLike(other.problem())
                    || one.problem().fix().isPresent() != other.problem().fix().isPresent()) {
                return false;
            }
        }
        return true;
    }

    ObservableList<Found> found() {
        return found;
    }

    /** Does what helps against a problem. */
    void fix(Found which) {
        which.problem().fix().ifPresent(fix -> {
            fixed.set(null);
            mending = which;
            fix.does().run();
        });
    }

    /** Takes back the last fix. */
    void undo() {
        Fix last = fixed.get();
        if (last != null) {
            fixed.set(null);
            last.undo().ifPresent(Runnable::run);
        }
    }

    /** The last fix, while it can be taken back; null where none can. */
    ReadOnlyObjectProperty<Fix> fixedProperty() {
        return fixed.getReadOnlyProperty();
    }
}
