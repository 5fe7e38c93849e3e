package graft.train;

import ai.djl.ndarray.NDManager;
import graft.features.FrozenPart;
import graft.judge.Showing;
import graft.onnx.Values;
import graft.ops.ArrayTensors;
import graft.ops.Mode;
import graft.progress.Progress;
import java.util.Map;

/** A network that learns, asked to show what it can. */
final class Shown {
    private final Showing showing;
    private final FrozenPart frozen;
    private final TrainablePart part;
    private final NDManager manager;

    Shown(Showing showing, FrozenPart frozen, TrainablePart part, NDManager manager) {
        this.showing = showing;
        this.frozen = frozen;
        this.part = part;
        this.manager = manager;
    }

    /** @param epoch from 1; 0 = before it learns */
    void tell(int epoch, Progress progress) {
        showing.shown(epoch, this::answers).forEach(progress::report);
    }

    private Map<String, Values> answers(Map<String, Values> inputs) {
        try (NDManager step = manager.newSubManager()) {
            return ArrayTensors.toValues(part.outputs(step, frozen.crossing(inputs), Mode.INFERENCE));
        }
    }
}
