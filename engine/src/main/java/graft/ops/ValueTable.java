package graft.ops;

import ai.djl.ndarray.NDArray;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/** The values of one run of a program, by their places; closes what nobody reads any more. */
final class ValueTable {
    final NDArray[] values;
    /** Not the run's to close. */
    private final Set<NDArray> foreign = Collections.newSetFromMap(new IdentityHashMap<>());
    /** In how many places an array stands: Identity, or a Reshape to the same shape, gives it a second one. */
    private final Map<NDArray, Integer> holders = new IdentityHashMap<>();

    ValueTable(int count) {
        values = new NDArray[count];
    }

    /** Whether an array is closed once nobody reads it any more. */
    boolean closes(NDArray array) {
        return !foreign.contains(array);
    }

    void keep(Collection<NDArray> arrays) {
        foreign.addAll(arrays);
    }

    /** Something that lives longer than the run. */
    void lend(int slot, NDArray array) {
        values[slot] = array;
        foreign.add(array);
    }

    void put(int slot, NDArray result) {
        values[slot] = result;
        if (result != null) {
            holders.merge(result, 1, Integer::sum);
        }
    }

    void free(int slot) {
        NDArray array = values[slot];
        values[slot] = null;
        if (array != null && !foreign.contains(array) && holders.merge(array, -1, Integer::sum) == 0) {
            array.close();
        }
    }
}
