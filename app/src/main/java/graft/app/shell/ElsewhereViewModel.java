package graft.app.shell;

import java.util.Map;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;

/** What goes wrong on a screen that the user does not look at: it is said where the user is, once, and until that screen is shown. */
final class ElsewhereViewModel {
    /** Words about something that was to be opened, and the step whose screen has more of it. */
    record Said(Step step, String words) {}

    private final Map<Step, ObservableValue<String>> problems;
    private final ObjectProperty<Step> shown = new SimpleObjectProperty<>();
    private final ReadOnlyObjectWrapper<Said> said = new ReadOnlyObjectWrapper<>();

    /** @param problems what went wrong on a step's screen, "" where nothing did */
    ElsewhereViewModel(Map<Step, ObservableValue<String>> problems) {
        this.problems = Map.copyOf(problems);
        this.problems.forEach((step, words) -> words.addListener((property, old, now) -> hear(step, now)));
        shown.addListener((property, old, now) -> {
            if (said.get() != null && said.get().step() == now) {
                said.set(null);
            }
        });
    }

    private void hear(Step step, String words) {
        if (!words.isEmpty() && shown.get() != step) {
            said.set(new Said(step, words));
        } else if (said.get() != null && said.get().step() == step) {
            said.set(null);
        }
    }

    /** The user has read it. */
    void dismiss() {
        said.set(null);
    }

    /** Whose screen is looked at; null for one of no step. */
    ObjectProperty<Step> shownProperty() {
        return shown;
    }

    /** Null where nothing is to be said. */
    ReadOnlyObjectProperty<Said> saidProperty() {
        return said.getReadOnlyProperty();
    }
}
