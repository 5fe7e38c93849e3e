package graft.app.network;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** States that can be gone back to, and forth again, each with what was done to come to it. */
final class History<T> {
    private final List<T> states = new ArrayList<>();
    private final ObservableList<String> deeds = FXCollections.observableArrayList();
    private final ReadOnlyIntegerWrapper present = new ReadOnlyIntegerWrapper(-1);
    private final ReadOnlyBooleanWrapper undoable = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper redoable = new ReadOnlyBooleanWrapper();

    /** Forgets everything and starts with {@code state}. */
    void start(String deed, T state) {
        states.clear();
        states.add(state);
        deeds.setAll(deed);
        move(0);
    }

    T now() {
        return states.get(present.get());
    }

    /** Comes to {@code state}; nothing happens where it is the present one. */
    void push(String deed, T state) {
        if (state.equals(now())) {
            return;
        }
        int next = present.get() + 1;
        states.subList(next, states.size()).clear();
        deeds.remove(next, deeds.size());
        states.add(state);
        deeds.add(deed);
        move(next);
    }

    void undo() {
        goTo(present.get() - 1);
    }

    void redo() {
        goTo(present.get() + 1);
    }

    /** Nothing happens where there is no such state. */
    void goTo(int number) {
        if (number >= 0 && number < states.size()) {
            move(number);
        }
    }

    private void move(int number) {
        present.set(number);
        undoable.set(number > 0);
        redoable.set(number < states.size() - 1);
    }

    /** What was done, the oldest first; the first says how it began. */
    ObservableList<String> deeds() {
        return deeds;
    }

    /** Number of the present state among {@link #deeds}. */
    ReadOnlyIntegerProperty presentProperty() {
        return present.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty undoableProperty() {
        return undoable.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty redoableProperty() {
        return redoable.getReadOnlyProperty();
    }
}
