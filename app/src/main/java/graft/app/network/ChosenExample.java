package graft.app.network;

import graft.app.task.ExampleSet;
import graft.app.task.Shown;
import graft.data.FileNames;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;

/** The example that layers are shown with: one of the open data, at first the first, or a file that was dropped. */
final class ChosenExample {
    private final ReadOnlyObjectWrapper<Shown> example = new ReadOnlyObjectWrapper<>();
    private List<List<Shown>> classes = List.of();
    /** In the data, class by class; -1 for one that is not of them. */
    private int index = -1;

    ChosenExample(ObservableValue<ExampleSet> data) {
        data.addListener((property, old, set) -> take(set));
        take(data.getValue());
    }

    /** The same example again where the data still have it. */
    private void take(ExampleSet set) {
        classes = set == null
                ? List.of()
                : set.classNames().stream().map(set::examples).toList();
        Shown before = example.get();
        int again = before == null ? -1 : indexOf(before);
        boolean dropped = before != null && before.key().isEmpty();
        if (dropped) {
            index = -1;
        } else {
            goTo(Math.max(again, 0));
        }
    }

    /** How many there are to choose from. */
    int count() {
        return classes.stream().mapToInt(List::size).sum();
    }

    /** Place among them, from 0; -1 for an example that is none of them. */
    int index() {
        return index;
    }

    private void goTo(int to) {
        int rest = to;
        for (List<Shown> each : classes) {
            if (rest < each.size()) {
                index = to;
                example.set(each.get(rest));
                return;
            }
            rest -= each.size();
        }
        index = -1;
        example.set(null);
    }

    private int indexOf(Shown wanted) {
        int before = 0;
        for (List<Shown> each : classes) {
            for (int i = 0; i < each.size(); i++) {
                Shown one = each.get(i);
                if (one.key().equals(wanted.key()) && Objects.equals(one.file(), wanted.file())) {
                    return before + i;
                }
            }
            before += each.size();
        }
        return -1;
    }

    /** After the last comes the first. */
    void next() {
        if (count() > 0) {
            goTo((index + 1) % count());
        }
    }

    void previous() {
        if (count() > 0) {
            goTo(index <= 0 ? count() - 1 : index - 1);
        }
    }

    /** One of the data. */
    void choose(Shown one) {
        index = indexOf(one);
        example.set(one);
    }

    /** A file that is none of the data. */
    void drop(Path file) {
        index = -1;
        example.set(new Shown("", FileNames.last(file), file, ""));
    }

    /** Null where there is none. */
    ReadOnlyObjectProperty<Shown> exampleProperty() {
        return example.getReadOnlyProperty();
    }
}
