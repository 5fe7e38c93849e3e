package graft.app.network;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** Which boxes of a graph are selected: none, one, or a range in graph order that starts at an anchor. */
final class BoxSelection {
    private final ReadOnlyObjectWrapper<Set<Integer>> boxes = new ReadOnlyObjectWrapper<>(Set.of());
    private int anchor = -1;

    /** Numbers of the selected boxes, in graph order. */
    ReadOnlyObjectProperty<Set<Integer>> boxesProperty() {
        return boxes.getReadOnlyProperty();
    }

    Set<Integer> boxes() {
        return boxes.get();
    }

    void clear() {
        anchor = -1;
        boxes.set(Set.of());
    }

    /** @param box −1 for none */
    void select(int box) {
        if (box < 0) {
            clear();
        } else {
            anchor = box;
            boxes.set(Set.of(box));
        }
    }

    /** Selects these; the first is the anchor. */
    void select(Collection<Integer> some) {
        TreeSet<Integer> all = new TreeSet<>(some);
        anchor = all.isEmpty() ? -1 : all.first();
        boxes.set(all);
    }

    /** Selects all from the anchor to a box; the box alone where there is no anchor, nothing where it is −1. */
    void extendTo(int box) {
        if (box < 0 || anchor < 0) {
            select(box);
            return;
        }
        Set<Integer> all = new TreeSet<>();
        for (int i = Math.min(anchor, box); i <= Math.max(anchor, box); i++) {
            all.add(i);
        }
        boxes.set(all);
    }

    /** The end of the range that is not its anchor, from which it grows; −1 where nothing is selected. */
    int end() {
        if (boxes.get().isEmpty()) {
            return -1;
        }
        TreeSet<Integer> all = new TreeSet<>(boxes.get());
        return anchor == all.first() ? all.last() : all.first();
    }

    /**
     * Selects what holds the same layers, or is the same box, in another drawing of the network.
     *
     * @param from null = none
     */
    void move(GraphLayout from, GraphLayout to) {
        Set<Integer> same = from == null ? Set.of() : again(from, to);
        anchor = same.isEmpty() ? -1 : same.iterator().next();
        boxes.set(same);
    }

    private Set<Integer> again(GraphLayout from, GraphLayout to) {
        Set<String> keys = new HashSet<>();
        Set<String> layers = new HashSet<>();
        for (int box : boxes.get()) {
            keys.add(from.outline().boxes().get(box).key());
            from.outline().boxes().get(box).layers().forEach(layer -> layers.add(layer.name()));
        }
        Set<Integer> out = new TreeSet<>();
        for (int i = 0; i < to.boxes().size(); i++) {
            Outline.Box box = to.outline().boxes().get(i);
            if (keys.contains(box.key()) || box.layers().stream().anyMatch(layer -> layers.contains(layer.name()))) {
                out.add(i);
            }
        }
        return out;
    }
}
