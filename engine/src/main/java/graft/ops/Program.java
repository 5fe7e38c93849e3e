package graft.ops;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import graft.Refusal;
import graft.guard.Guard;
import graft.guard.NativeWords;
import graft.onnx.Graph;
import graft.onnx.Node;
import graft.onnx.RandomNumbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * A graph made ready to run: operators looked up, names turned into numbers, and for each step the values that nobody
 * needs afterwards. Sub-graphs of control-flow nodes are programs of their own.
 */
final class Program {
    /** Elements of one result: 16 GiB of floats. */
    private static final long RESULT_AT_MOST = 1L << 32;
    /** Elements of all constants that are computed in advance: 1 GiB of floats. */
    private static final long FOLDED_AT_MOST = 1L << 28;

    private final Map<String, Long> opsets;
    private final NDManager held;
    private final TorchScript torchScript;
    private final boolean fusing;
    private final Map<String, Integer> slots = new HashMap<>();
    private final Map<Integer, NDArray> constants = new HashMap<>();
    private final Map<String, NDArray> tensors = new LinkedHashMap<>();
    private final List<Step> steps = new ArrayList<>();
    private final List<String> inputNames;
    private final List<String> outputNames;
    private final int[] outputSlots;
    private final Map<String, Program> bodies = new HashMap<>();
    /** A body may be gone through without end, the graph itself not: only its steps are signs of life. */
    private boolean repeated;

    /**
     * @param held owns the constants of the graph; they live as long as it does
     * @param trainable constants that learn: nothing that depends on them is computed in advance
     * @param fusing whether nodes that stand for one operator of PyTorch are computed by it
     */
    Program(
            Graph graph,
            Map<String, Long> opsets,
            NDManager held,
            TorchScript torchScript,
            Set<String> trainable,
            boolean fusing) {
        this.opsets = opsets;
        this.fusing = fusing;
        this.held = held;
        this.torchScript = torchScript;
        this.inputNames = graph.inputs().stream().map(input -> input.name()).toList();
        this.outputNames = graph.outputNames();
        graph.initializers().forEach((name, tensor) -> hold(name, ArrayTensors.toArray(held, tensor)));
        compile(graph, held);
        layChannelsLast(graph, held);
        outputSlots = outputNames.stream().mapToInt(this::slot).toArray();
        foldConstants(graph, held, trainable);
        if (fusing) {
            fuse(trainable);
        }
        markLastUses();
    }

    private void hold(String name, NDArray array) {
        tensors.put(name, array);
        constants.put(slot(name), array);
    }

    /**
     * Kernels of pictures are laid out with their channels last, as PyTorch's convolutions want them: what they compute
     * comes out so too, so that nothing is laid out anew on the way. Shapes and numbers stay the same.
     */
    private void layChannelsLast(Graph graph, NDManager held) {
        for (Node node : graph.nodes()) {
            NDArray kernel = node.opType().equals("Conv") ? tensors.get(node.input(1)) : null;
            if (kernel != null
                    && kernel.getShape().dimension() == 4
                    && kernel.getDataType().isFloating()) {
                try (kernel) {
                    hold(node.input(1), torchScript.channelsLast(held, kernel));
                }
            }
        }
    }

    private int slot(String name) {
        return slots.computeIfAbsent(name, n -> slots.size());
    }

    private void compile(Graph graph, NDManager held) {
        for (Node node : graph.nodes()) {
            Op op = OpTable.ALL
                    .find(node, opset(node))
                    .orElseThrow(() -> new Unsupported(node + " (opset " + opset(node)
                            + ") is not an operator that Graft can train through. Keep it in the frozen part."));
            Map<String, Integer> outer = new HashMap<>();
            node.graphs().forEach((attribute, body) -> {
                body.outerNames().forEach(name -> outer.put(name, slot(name)));
                Program inner = new Program(
                        body, opsets, held, torchScript, body.initializers().keySet(), fusing);
                inner.repeated = true;
                bodies.put(bodyKey(node, attribute), inner);
            });
            steps.add(new Step(node, op, slotsOf(node.inputs()), slotsOf(node.outputs()), outer, new int[0]));
        }
    }

    private int[] slotsOf(List<String> names) {
        return names.stream().mapToInt(name -> name.isEmpty() ? -1 : slot(name)).toArray();
    }

    /** Runs once, here, what depends on nothing that is fed or learnt. Random operators have no inputs that are fed. */
    private void foldConstants(Graph graph, NDManager held, Set<String> trainable) {
        Set<Integer> varying = new HashSet<>();
        inputNames.forEach(name -> varying.add(slot(name)));
        graph.outerNames().forEach(name -> varying.add(slot(name)));
        tensors.keySet().stream().filter(trainable::contains).forEach(name -> varying.add(slot(name)));
        List<Step> left = new ArrayList<>();
        NDArray[] values = new NDArray[slots.size()];
        try (NDManager scratch = held.newSubManager()) {
            constants.forEach((slot, array) -> {
                array.tempAttach(scratch);
                values[slot] = array;
            });
            long folded = 0;
            for (Step step : steps) {
                Optional<NDList> results =
                        varies(step, varying) ? Optional.empty() : fold(step, values, scratch, FOLDED_AT_MOST - folded);
                if (results.isEmpty()) {
                    for (int slot : step.outputs()) {
                        varying.add(slot);
                    }
                    left.add(step);
                    continue;
                }
                for (int i = 0; i < step.outputs().length; i++) {
                    NDArray result = i < results.get().size() ? results.get().get(i) : null;
                    if (step.outputs()[i] < 0 || result == null) {
                        continue;
                    }
                    folded += result.size();
                    String name = step.node().output(i);
                    if (trainable.contains(name)) {
                        // A weight that the file computes from constants is held like any other.
                        NDArray weight = result.duplicate();
                        weight.attach(held);
                        hold(name, weight);
                        weight.tempAttach(scratch);
                        varying.add(step.outputs()[i]);
                        result = weight;
                    }
                    values[step.outputs()[i]] = result;
                }
            }
            steps.clear();
            steps.addAll(left);
            Set<Integer> read = read();
            // Not by equality: that of arrays is equality of their elements.
            Set<NDArray> owned = Collections.newSetFromMap(new IdentityHashMap<>());
            owned.addAll(constants.values());
            for (int slot = 0; slot < values.length; slot++) {
                if (values[slot] != null && !constants.containsKey(slot) && read.contains(slot)) {
                    if (owned.add(values[slot])) {
                        values[slot].attach(held);
                    }
                    constants.put(slot, values[slot]);
                }
            }
        }
    }

    /** The results of a step that only reads constants; empty where they are too large to be kept. */
    private Optional<NDList> fold(Step step, NDArray[] values, NDManager scratch, long room) {
        try {
            return Optional.of(execute(step, values, scratch, Mode.INFERENCE, room));
        } catch (TooLarge e) {
            return Optional.empty();
        }
    }

    /** What the steps and the caller read. */
    private Set<Integer> read() {
        Set<Integer> read = new HashSet<>();
        for (int slot : outputSlots) {
            read.add(slot);
        }
        for (Step step : steps) {
            for (int slot : step.inputs()) {
                read.add(slot);
            }
            read.addAll(step.outer().values());
        }
        return read;
    }

    private void fuse(Set<String> trainable) {
        Set<Integer> kept = new HashSet<>();
        for (int slot : outputSlots) {
            kept.add(slot);
        }
        Set<Integer> learning = new HashSet<>();
        trainable.forEach(name -> learning.add(slot(name)));
        Fusion.Constants known = new Fusion.Constants() {
            private Optional<NDArray> constant(int slot) {
                return Optional.ofNullable(learning.contains(slot) ? null : constants.get(slot));
            }

            @Override
            public OptionalDouble number(int slot) {
                return constant(slot)
                        .filter(c ->
                                c.getShape().dimension() == 0 && c.getDataType().isFloating())
                        .map(c -> OptionalDouble.of(Call.number(c)))
                        .orElse(OptionalDouble.empty());
            }

            @Override
            public Optional<long[]> integers(int slot) {
                return constant(slot)
                        .filter(c -> c.getDataType() == DataType.INT64)
                        .map(Call::longs);
            }
        };
        List<Step> fewer = Fusion.fuse(List.copyOf(steps), kept, known, opsets.getOrDefault("", 0L));
        steps.clear();
        steps.addAll(fewer);
    }

    private static boolean varies(Step step, Set<Integer> varying) {
        boolean varies = RandomNumbers.draws(step.node());
        for (int slot : step.inputs()) {
            varies |= slot >= 0 && varying.contains(slot);
        }
        return varies || step.outer().values().stream().anyMatch(varying::contains);
    }

    private void markLastUses() {
        Set<Integer> kept = new HashSet<>(constants.keySet());
        for (int slot : outputSlots) {
            kept.add(slot);
        }
        inputNames.forEach(name -> kept.add(slot(name)));
        for (int i = steps.size() - 1; i >= 0; i--) {
            Step step = steps.get(i);
            List<Integer> touched = new ArrayList<>(step.outer().values());
            for (int slot : step.inputs()) {
                touched.add(slot);
            }
            for (int slot : step.outputs()) {
                touched.add(slot);
            }
            int[] free = touched.stream()
                    .filter(slot -> slot >= 0 && kept.add(slot))
                    .mapToInt(Integer::intValue)
                    .toArray();
            steps.set(i, new Step(step.node(), step.op(), step.inputs(), step.outputs(), step.outer(), free));
        }
    }

    /**
     * Runs the graph. Everything made belongs to {@code step}; outputs may be inputs or constants themselves.
     *
     * @param feed the graph's inputs, and what a sub-graph reads from the graph around it, by name
     */
    NDList run(NDManager step, Map<String, NDArray> feed, Mode mode) {
        ValueTable places = start(step, feed);
        advance(places, step, 0, steps.size(), mode);
        return results(places);
    }

    /** The values before the first step. */
    ValueTable start(NDManager step, Map<String, NDArray> feed) {
        ValueTable places = new ValueTable(slots.size());
        constants.forEach((slot, array) -> {
            if (array.getManager() == held) {
                // Results follow their first operand's manager: a weight's own would collect them for ever. Lent once
                // only:
                // a part of the step that closes would not give them back.
                array.tempAttach(step);
            }
            places.lend(slot, array);
        });
        feed.forEach((name, array) -> {
            Integer slot = slots.get(name);
            if (slot != null && !constants.containsKey(slot)) {
                places.lend(slot, array);
            }
        });
        places.keep(feed.values());
        return places;
    }

    /** Runs the steps from {@code from} to before {@code to}. */
    void advance(ValueTable places, NDManager step, int from, int to, Mode mode) {
        for (Step current : steps.subList(from, to)) {
            NDList results = execute(current, places.values, step, mode, RESULT_AT_MOST);
            for (int i = 0; i < current.outputs().length; i++) {
                if (current.outputs()[i] >= 0) {
                    // An optional output that is not computed stays absent; whoever reads it says so.
                    places.put(current.outputs()[i], i < results.size() ? results.get(i) : null);
                }
            }
            if (!repeated) {
                Guard.step();
            }
            for (int slot : current.free()) {
                places.free(slot);
            }
        }
    }

    NDList results(ValueTable places) {
        NDList out = new NDList(outputSlots.length);
        for (int slot : outputSlots) {
            out.add(places.values[slot]);
        }
        return out;
    }

    Map<String, NDArray> named(NDList results) {
        Map<String, NDArray> out = new LinkedHashMap<>();
        for (int i = 0; i < results.size(); i++) {
            out.put(outputNames.get(i), results.get(i));
        }
        return out;
    }

    /** What steps have made and later steps or the caller read, by place. */
    Map<Integer, NDArray> live(ValueTable places) {
        Map<Integer, NDArray> live = new LinkedHashMap<>();
        for (Step step : steps) {
            for (int slot : step.outputs()) {
                if (slot >= 0 && places.values[slot] != null) {
                    live.put(slot, places.values[slot]);
                }
            }
        }
        return live;
    }

    /** How many values that steps have made are read later, after each step. */
    int[] crossing() {
        int[] crossing = new int[steps.size()];
        int live = 0;
        for (int i = 0; i < crossing.length; i++) {
            Step step = steps.get(i);
            live += (int) Arrays.stream(step.outputs())
                            .filter(slot -> slot >= 0)
                            .count()
                    - step.free().length;
            crossing[i] = live;
        }
        return crossing;
    }

    private NDList execute(Step step, NDArray[] values, NDManager manager, Mode mode, long limit) {
        NDArray[] inputs = new NDArray[step.inputs().length];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = step.inputs()[i] < 0 ? null : values[step.inputs()[i]];
        }
        Map<String, NDArray> outer = Map.of();
        if (!step.outer().isEmpty()) {
            Map<String, NDArray> taken = new HashMap<>();
            step.outer().forEach((name, slot) -> taken.put(name, values[slot]));
            outer = taken;
        }
        try {
            NDList results = step.op().run(new Call(this, step.node(), inputs, outer, manager, mode, limit));
            for (NDArray array : results) {
                if (array != null && array.getManager() != manager && !isInput(array, inputs, outer)) {
                    array.attach(manager);
                }
            }
            return results;
        } catch (Refusal e) {
            throw e;
        } catch (RuntimeException e) {
            throw new Refusal(
                    step.node() + " failed on inputs " + shapes(inputs) + ": " + NativeWords.of(e)
                            + ". Keep this part frozen, or export the network again.",
                    e);
        }
    }

    private static boolean isInput(NDArray array, NDArray[] inputs, Map<String, NDArray> outer) {
        for (NDArray input : inputs) {
            if (input == array) {
                return true;
            }
        }
        for (NDArray input : outer.values()) {
            if (input == array) {
                return true;
            }
        }
        return false;
    }

    private static String shapes(NDArray[] inputs) {
        List<String> out = new ArrayList<>();
        for (NDArray input : inputs) {
            out.add(input == null ? "absent" : input.getDataType() + " " + input.getShape());
        }
        return String.join(", ", out);
    }

    long opset(Node node) {
        return opsets.getOrDefault(node.domain(), 0L);
    }

    TorchScript torchScript() {
        return torchScript;
    }

    /** Whether a tensor is a constant that does not learn. */
    boolean isFixed(String name) {
        NDArray constant = constants.get(slots.getOrDefault(name, -1));
        return constant != null && !constant.hasGradient();
    }

    Program body(Node node, String attribute) {
        return bodies.get(bodyKey(node, attribute));
    }

    private static String bodyKey(Node node, String attribute) {
        return node.output(0) + "\n" + attribute;
    }

    /** Calls of operators in one run. */
    int size() {
        return steps.size();
    }

    List<String> inputNames() {
        return inputNames;
    }

    List<String> outputNames() {
        return outputNames;
    }

    /** Reads {@code array} instead of an initializer from now on. */
    void replace(String name, NDArray array) {
        constants.put(slot(name), array);
    }

    /** The graph's initializers as arrays, by name; they belong to the program's manager. */
    Map<String, NDArray> tensors() {
        return tensors;
    }
}
