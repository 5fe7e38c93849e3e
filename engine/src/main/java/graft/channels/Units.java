package graft.channels;

import java.util.Arrays;
import java.util.Optional;

/**
 * Places that stay or go together are one unit, found by union and find (Tarjan 1975). A unit that something insists on is held,
 * with the reason.
 */
final class Units {
    private int[] parent = new int[1024];
    private String[] why = new String[1024];
    private int size;

    int[] fresh(int count) {
        if (size + count > parent.length) {
            int room = Math.max(2 * parent.length, size + count);
            parent = Arrays.copyOf(parent, room);
            why = Arrays.copyOf(why, room);
        }
        int[] out = new int[count];
        for (int i = 0; i < count; i++) {
            parent[size] = size;
            out[i] = size++;
        }
        return out;
    }

    int root(int unit) {
        int at = unit;
        while (parent[at] != at) {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        return at;
    }

    /** One by one; both must be of the same length. */
    void tie(int[] some, int[] others) {
        for (int i = 0; i < some.length; i++) {
            int a = root(some[i]);
            int b = root(others[i]);
            if (a != b) {
                int first = Math.min(a, b);
                int second = Math.max(a, b);
                parent[second] = first;
                why[first] = why[first] == null ? why[second] : why[first];
            }
        }
    }

    void hold(int[] units, String reason) {
        for (int unit : units) {
            int root = root(unit);
            why[root] = why[root] == null ? reason : why[root];
        }
    }

    /** The same, for a reason that is better than the one before. */
    void holdRather(int[] units, String reason) {
        for (int unit : units) {
            why[root(unit)] = reason;
        }
    }

    Optional<String> held(int unit) {
        return Optional.ofNullable(why[root(unit)]);
    }
}
