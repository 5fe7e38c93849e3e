package graft.app.network;

import java.util.ArrayDeque;
import java.util.Deque;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;

/** States that can be gone back to, and forth again. */
final class History<T> {
    private final Deque<T> before = new ArrayDeque<>();
    private final Deque<T> after = new ArrayDeque<>();
    private final ReadOnlyBooleanWrapper undoable = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper redoable = new ReadOnlyBooleanWrapper();
    private T now;

    /** Forgets everything and starts with {@code state}. */
    void start(T state) {
        before.clear();
        after.clear();
        now = state;
        tell();
    }

    T now() {
        return now;
    }

    /** Does {@code state}; nothing happens where it is the present one. */
    void push(T state) {
        if (!state.equals(now)) {
            before.push(now);
            after.clear();
            now = state;
            tell();
        }
    }

    void undo() {
        move(before, after);
    }

    void redo() {
        move(after, before);
    }

    private void move(Deque<T> from, Deque<T> to) {
        if (!from.isEmpty()) {
            to.push(now);
            now = from.pop();
            tell();
        }
    }

    private void tell() {
        undoable.set(!before.isEmpty());
        redoable.set(!after.isEmpty());
    }

    ReadOnlyBooleanProperty undoableProperty() {
        return undoable.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty redoableProperty() {
        return redoable.getReadOnlyProperty();
    }
}
