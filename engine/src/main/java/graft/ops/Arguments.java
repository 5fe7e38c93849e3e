package graft.ops;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The arrays of a TorchScript call, each called by the letter it gets here. */
final class Arguments {
    private final List<NDArray> arrays = new ArrayList<>();

    /** The letter of {@code array}. */
    String add(NDArray array) {
        arrays.add(array);
        return String.valueOf((char) ('a' + arrays.size() - 1));
    }

    /** The letter of {@code array}, or {@code None}. */
    String add(Optional<NDArray> array) {
        return array.map(this::add).orElse("None");
    }

    NDArray[] all() {
        return arrays.toArray(new NDArray[0]);
    }
}
