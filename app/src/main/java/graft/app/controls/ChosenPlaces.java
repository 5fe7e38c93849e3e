package graft.app.controls;

import java.util.BitSet;
import java.util.List;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/**
 * Which places of a list are chosen, as in lists of files: one by a click, single ones more with the shortcut key, a stretch with
 * Shift, reckoned from the place that was chosen without it.
 */
final class ChosenPlaces {
    private final ReadOnlyObjectWrapper<List<Integer>> places = new ReadOnlyObjectWrapper<>(List.of());
    /** Where the keyboard is; -1 = nowhere. It need not be chosen. */
    private final ReadOnlyIntegerWrapper lead = new ReadOnlyIntegerWrapper(-1);

    private BitSet chosen = new BitSet();
    private int size;
    private int anchor = -1;

    /** Of a list of so many places, none of which is chosen. */
    void reset(int length) {
        size = length;
        become(new BitSet(), -1);
        anchor = -1;
    }

    private boolean isThere(int place) {
        return place >= 0 && place < size;
    }

    /** This one, and no other. */
    void only(int place) {
        if (isThere(place)) {
            BitSet now = new BitSet();
            now.set(place);
            anchor = place;
            become(now, place);
        }
    }

    /** This one too; not any more where it was chosen. */
    void toggle(int place) {
        if (isThere(place)) {
            BitSet now = (BitSet) chosen.clone();
            now.flip(place);
            anchor = place;
            become(now, place);
        }
    }

    /** All from where choosing began up to this one. */
    void upTo(int place) {
        if (isThere(place)) {
            int from = isThere(anchor) ? anchor : place;
            BitSet now = new BitSet();
            now.set(Math.min(from, place), Math.max(from, place) + 1);
            anchor = from;
            become(now, place);
        }
    }

    void all() {
        BitSet now = new BitSet();
        now.set(0, size);
        become(now, isThere(lead.get()) ? lead.get() : size - 1);
    }

    void these(List<Integer> wanted, int leading) {
        BitSet now = new BitSet();
        wanted.stream().filter(this::isThere).forEach(now::set);
        anchor = leading;
        become(now, isThere(leading) ? leading : -1);
    }

    private void become(BitSet now, int leading) {
        chosen = now;
        lead.set(leading);
        places.set(now.stream().boxed().toList());
    }

    boolean contains(int place) {
        return place >= 0 && chosen.get(place);
    }

    /** From the first to the last. */
    ReadOnlyObjectProperty<List<Integer>> placesProperty() {
        return places.getReadOnlyProperty();
    }

    ReadOnlyIntegerProperty leadProperty() {
        return lead.getReadOnlyProperty();
    }
}
