package graft.task;

import graft.Refusal;
import graft.data.DataSet;
import graft.data.Examples;
import graft.inference.OrtSession;
import graft.network.Network;
import graft.onnx.Model;
import graft.onnx.SubGraph;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The shape of what a head is to stand on, found by computing it for an example. */
final class FeatureShape {
    private FeatureShape() {}

    /** Batch axis included. */
    static long[] of(Network body, String features, DataSet data) {
        Model below = SubGraph.cut(body.model(), Set.of(), List.of(features), Map.of());
        int batch = (int) Math.max(1, body.report().fixedBatch());
        try (OrtSession session = OrtSession.openPlain(below)) {
            return session.run(session.taken(data.train().inputs(new int[batch], Examples.PLAIN)))
                    .get(features)
                    .shape();
        }
    }

    /** @throws Refusal saying that no head can stand there */
    static Refusal refusal(Path file, String features, long[] shape) {
        return new Refusal(file + " has no feature to put a head on: its output " + features + " has the shape "
                + Arrays.toString(shape)
                + ". Name a tensor [N, features] or [N, channels, height, width] with --features;"
                + " `graft layers` lists them.");
    }
}
