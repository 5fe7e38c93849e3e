package graft.ops;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import graft.guard.Guard;
import graft.onnx.ElementType;
import graft.onnx.Graph;
import graft.onnx.ValueInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Operators that run graphs of their own. */
final class ControlFlowOps {
    private ControlFlowOps() {}

    static void addTo(OpTable ops) {
        ops.addAll("If", 1, in -> in.run(isTrue(in.get(0)) ? "then_branch" : "else_branch", List.of()));
        ops.addAll("Loop", 1, ControlFlowOps::loop);
        ops.addAll("Scan", 8, ControlFlowOps::scanEachExample); // one batch axis before the scanned one
        ops.addAll("Scan", 9, ControlFlowOps::scan);
        ops.noGradientTo("If", 0);
        ops.noGradientTo("Loop", 0, 1);
        ops.note("If", "gradients pass the branch that was taken");
        ops.note("Loop", "gradients pass every round");
        ops.note("Scan", "gradients pass every round");
    }

    private static boolean isTrue(NDArray condition) {
        return Call.longs(condition)[0] != 0;
    }

    /** The body takes (iteration, condition, carried …) and gives (condition, carried …, scanned …). */
    private static NDList loop(Call in) {
        long most = in.optional(0).map(count -> Call.longs(count)[0]).orElse(Long.MAX_VALUE);
        boolean goOn = in.optional(1).map(ControlFlowOps::isTrue).orElse(true);
        List<NDArray> carried = new ArrayList<>();
        for (int i = 2; i < in.size(); i++) {
            carried.add(in.get(i));
        }
        List<NDList> scanned = lists(in.node().outputs().size() - carried.size());
        for (long i = 0; i < most && goOn; i++) {
            List<NDArray> given = new ArrayList<>(List.of(in.scalar(i), in.scalar(true)));
            given.addAll(carried);
            NDList results = in.run("body", given);
            goOn = isTrue(results.get(0));
            carried = new ArrayList<>(results.subList(1, 1 + carried.size()));
            for (int s = 0; s < scanned.size(); s++) {
                scanned.get(s).add(results.get(1 + carried.size() + s));
            }
        }
        NDList out = new NDList(carried);
        Graph body = in.node().graph("body");
        for (int s = 0; s < scanned.size(); s++) {
            out.add(stacked(in, scanned.get(s), 0, body.outputs().get(1 + carried.size() + s)));
        }
        return out;
    }

    private static List<NDList> lists(int count) {
        List<NDList> out = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            out.add(new NDList());
        }
        return out;
    }

    /** The results of all rounds along a new axis; of no round at all, an empty tensor as the body declares it. */
    private static NDArray stacked(Call in, NDList rounds, int axis, ValueInfo declared) {
        if (!rounds.isEmpty()) {
            int rank = rounds.head().getShape().dimension() + 1;
            return NDArrays.stack(rounds, ShapeOps.axis(axis, rank));
        }
        List<Long> shape = new ArrayList<>();
        declared.shape().ifPresent(dims -> dims.forEach(dim -> shape.add(Math.max(0, dim.size()))));
        shape.add(ShapeOps.axis(axis, shape.size() + 1), 0L);
        DataType type = ArrayTensors.dataType(declared.type().orElse(ElementType.FLOAT), "results of " + in.node());
        return in.manager().create(new Shape(shape), type);
    }

    /** The body takes (state …, slices …) and gives (state …, slices …). */
    private static NDList scan(Call in) {
        int scannedInputs = in.node().attribute("num_scan_inputs", 1);
        int states = in.size() - scannedInputs;
        int scannedOutputs = in.node().outputs().size() - states;
        List<NDArray> inputs = List.of(in.all());
        return scan(
                in,
                inputs.subList(0, states),
                inputs.subList(states, inputs.size()),
                in.node().attribute("scan_input_axes", new long[scannedInputs]),
                in.node().attribute("scan_input_directions", new long[scannedInputs]),
                in.node().attribute("scan_output_axes", new long[scannedOutputs]),
                in.node().attribute("scan_output_directions", new long[scannedOutputs]),
                Optional.empty());
    }

    private static NDList scan(
            Call in,
            List<NDArray> states,
            List<NDArray> scanned,
            long[] inputAxes,
            long[] inputDirections,
            long[] outputAxes,
            long[] outputDirections,
            Optional<Long> length) {
        List<NDArray> state = new ArrayList<>(states);
        List<NDList> rounds = lists(outputAxes.length);
        Shape first = scanned.get(0).getShape();
        long steps = length.orElseGet(() -> first.get(ShapeOps.axis(inputAxes[0], first.dimension())));
        Guard.rounds(steps);
        for (long t = 0; t < steps; t++) {
            List<NDArray> given = new ArrayList<>(state);
            for (int i = 0; i < scanned.size(); i++) {
                NDArray x = scanned.get(i);
                int axis = ShapeOps.axis(inputAxes[i], x.getShape().dimension());
                given.add(at(x, axis, inputDirections[i] == 0 ? t : x.getShape().get(axis) - 1 - t));
            }
            NDList results = in.run("body", given);
            state = new ArrayList<>(results.subList(0, state.size()));
            for (int i = 0; i < rounds.size(); i++) {
                NDArray result = results.get(state.size() + i);
                rounds.get(i).add(outputDirections[i] == 0 ? rounds.get(i).size() : 0, result);
            }
        }
        NDList out = new NDList(state);
        Graph body = in.node().graph("body");
        for (int i = 0; i < rounds.size(); i++) {
            out.add(stacked(
                    in, rounds.get(i), (int) outputAxes[i], body.outputs().get(state.size() + i)));
        }
        return out;
    }

    /** A view of place {@code index} along {@code axis}, without that axis. */
    static NDArray at(NDArray x, int axis, long index) {
        Shape shape = x.getShape();
        return ShapeOps.slice(x, axis, index, index + 1, 1)
                .reshape(shape.slice(0, axis).addAll(shape.slice(axis + 1)));
    }

    /** Version 8: the first input holds a length per example, states and scanned inputs begin with the batch axis. */
    private static NDList scanEachExample(Call in) {
        int scannedInputs = in.node().attribute("num_scan_inputs", 1);
        int states = in.size() - 1 - scannedInputs;
        int scannedOutputs = in.node().outputs().size() - states;
        Optional<long[]> lengths = in.optional(0).map(Call::longs);
        List<NDList> results = lists(in.node().outputs().size());
        long batch = in.get(1).getShape().get(0);
        for (int example = 0; example < batch; example++) {
            List<NDArray> given = new ArrayList<>();
            for (int i = 1; i < in.size(); i++) {
                given.add(at(in.get(i), 0, example));
            }
            int b = example;
            NDList out = scan(
                    in,
                    given.subList(0, states),
                    given.subList(states, given.size()),
                    new long[scannedInputs],
                    in.node().attribute("directions", new long[scannedInputs]),
                    new long[scannedOutputs],
                    new long[scannedOutputs],
                    lengths.map(all -> all[b]));
            for (int i = 0; i < out.size(); i++) {
                results.get(i).add(out.get(i));
            }
        }
        NDList out = new NDList();
        results.forEach(list -> out.add(NDArrays.stack(list, 0)));
        return out;
    }
}
