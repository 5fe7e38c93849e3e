package graft.train;

import graft.inference.Values;
import java.util.Map;

/** The tensors that cross the frontier, for any examples. */
interface Features extends AutoCloseable {
    /**
     * @param examples numbers of the examples, in the order wanted
     * @param view 0 = as validation sees them, from 1 on = augmented
     * @return by tensor name, the first axis as long as {@code examples}
     */
    Map<String, Values> of(int[] examples, long view);

    @Override
    void close();
}
