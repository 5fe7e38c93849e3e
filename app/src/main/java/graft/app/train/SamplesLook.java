package graft.app.train;

import graft.judge.Showing.Sample;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.collections.ListChangeListener;

/** What the network of the run shown wrote before it learnt, and what it wrote after the epoch that is looked at. */
final class SamplesLook {
    private final ShownRun run;
    private final ReadOnlyObjectWrapper<Optional<Sample>> before = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Sample>> after = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final IntegerProperty looked = new SimpleIntegerProperty(1);
    private final IntegerProperty count = new SimpleIntegerProperty();
    private final ObservableBooleanValue any;

    SamplesLook(ShownRun run) {
        this.run = run;
        this.any = Bindings.isNotEmpty(run.curves().samples());
        run.curves().samples().addListener((ListChangeListener<Sample>) change -> follow());
        run.shippedEpochProperty().addListener((property, old, epoch) -> lookAtShipped(epoch.intValue()));
        looked.addListener((property, old, now) -> show());
        follow();
        lookAtShipped(run.shippedEpochProperty().get());
    }

    /** The newest is shown, unless the user looks at an older one. */
    private void follow() {
        boolean newest = looked.get() >= count.get();
        count.set(written().size());
        if (newest || looked.get() > count.get()) {
            looked.set(Math.max(1, count.get()));
        }
        show();
    }

    /** What came of the run is shown once it is there, not the epoch that happened to be the last. */
    private void lookAtShipped(int epoch) {
        List<Sample> written = written();
        for (int i = 0; i < written.size(); i++) {
            if (written.get(i).epoch() == epoch) {
                looked.set(i + 1);
            }
        }
        show();
    }

    private void show() {
        List<Sample> written = written();
        before.set(run.curves().samples().stream()
                .filter(sample -> sample.epoch() == 0)
                .findFirst());
        after.set(
                written.isEmpty() || looked.get() < 1
                        ? Optional.empty()
                        : Optional.of(written.get(Math.min(looked.get(), written.size()) - 1)));
    }

    /** After epochs. */
    private List<Sample> written() {
        return run.curves().samples().stream()
                .filter(sample -> sample.epoch() > 0)
                .toList();
    }

    /** Whether the network shows anything. */
    ObservableBooleanValue any() {
        return any;
    }

    ReadOnlyObjectProperty<Optional<Sample>> beforeProperty() {
        return before.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Optional<Sample>> afterProperty() {
        return after.getReadOnlyProperty();
    }

    /** Which of those after epochs is looked at, from 1. */
    IntegerProperty lookedProperty() {
        return looked;
    }

    /** How many there are after epochs. */
    IntegerProperty countProperty() {
        return count;
    }

    /** What the network is given to go on from; "" while there is none. */
    String prompt() {
        return run.curves().samples().stream()
                .findFirst()
                .map(sample -> sample.prompt().replaceAll("\\s+", " ").strip())
                .orElse("");
    }

    /** Whether the network of the file wrote what is shown as after an epoch. */
    boolean isShipped() {
        return after.get()
                .filter(sample -> sample.epoch() == run.shippedEpochProperty().get())
                .isPresent();
    }
}
