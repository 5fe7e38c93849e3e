package graft.ops;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * Nodes that exporters write for one operator of PyTorch, called as that operator: GELU, SiLU, a linear layer, attention.
 * One call keeps less for the way back than five, and passes over memory once. Nodes of which anything but the result is
 * read elsewhere stay as they are.
 */
final class Fusion {
    private static final double ROOT_HALF = Math.sqrt(0.5);
    private static final double ROOT_TWO_OVER_PI = Math.sqrt(2 / Math.PI);
    /** Relative; exporters write constants as floats or with seven digits. */
    private static final double TOLERANCE = 1e-6;

    private final List<Step> steps;
    private final IntFunction<OptionalDouble> numbers;
    private final Map<Integer, Step> producers = new HashMap<>();
    private final Map<Integer, List<Step>> readers = new HashMap<>();
    private final Set<Step> gone = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<Step, Step> fused = new IdentityHashMap<>();

    private Fusion(List<Step> steps, Set<Integer> kept, IntFunction<OptionalDouble> numbers) {
        this.steps = steps;
        this.numbers = numbers;
        for (Step step : steps) {
            for (int slot : step.inputs()) {
                readers.computeIfAbsent(slot, s -> new ArrayList<>()).add(step);
            }
            // Twice: what a sub-graph reads is never read by one step alone.
            step.outer().values().forEach(slot -> readers.computeIfAbsent(slot, s -> new ArrayList<>())
                    .addAll(List.of(step, step)));
            for (int slot : step.outputs()) {
                producers.put(slot, step);
            }
        }
        kept.forEach(slot -> readers.remove(slot));
    }

    /**
     * The same program in fewer steps.
     *
     * @param kept places that are read after the last step
     * @param numbers the value of a constant scalar that does not learn
     * @param opset version of the operators
     */
    static List<Step> fuse(List<Step> steps, Set<Integer> kept, IntFunction<OptionalDouble> numbers, long opset) {
        Fusion fusion = new Fusion(steps, kept, numbers);
        for (Step step : steps) {
            switch (step.node().domain().isEmpty() ? step.node().opType() : "") {
                case "Erf" -> fusion.gelu(step);
                case "Tanh" -> fusion.geluByTanh(step);
                case "Sigmoid" -> fusion.silu(step);
                case "Softmax" -> {
                    if (opset >= 13) { // until then it flattened to two axes
                        fusion.attention(step);
                    }
                }
                default -> {}
            }
        }
        // After attention, whose scores and mask would pass for a layer.
        if (opset >= 7) { // until then an attribute said how a sum broadcasts
            steps.stream().filter(step -> step.is("MatMul")).forEach(fusion::linear);
        }
        return steps.stream()
                .filter(step -> !fusion.gone.contains(step))
                .map(step -> fusion.fused.getOrDefault(step, step))
                .toList();
    }

    /** {@code last} becomes one call over {@code inputs}; the steps before it fall away. */
    private void replace(Step last, List<Step> before, Op op, int... inputs) {
        if (gone.contains(last) || fused.containsKey(last) || before.stream().anyMatch(this::isTaken)) {
            return;
        }
        gone.addAll(before);
        fused.put(last, new Step(last.node(), op, inputs, last.outputs(), Map.of(), last.free()));
    }

    private boolean isTaken(Step step) {
        return gone.contains(step) || fused.containsKey(step);
    }

    /** The step that alone reads a value, once. */
    private Optional<Step> onlyReader(int slot) {
        List<Step> by = readers.getOrDefault(slot, List.of());
        return by.size() == 1 ? Optional.of(by.get(0)) : Optional.empty();
    }

    /** The step of this operator that makes a value, if {@code reader} alone reads it. */
    private Optional<Step> inner(int slot, Step reader) {
        return Optional.ofNullable(producers.get(slot))
                .filter(step -> onlyReader(slot).filter(by -> by == reader).isPresent());
    }

    private Optional<Step> onlyReader(Step of, String opType) {
        return onlyReader(of.output()).filter(step -> step.is(opType));
    }

    private boolean isNumber(int slot, double value) {
        OptionalDouble number = numbers.apply(slot);
        return number.isPresent() && Math.abs(number.getAsDouble() - value) <= TOLERANCE * Math.abs(value);
    }

    private record Scaled(int x, double factor) {
        boolean by(double wanted) {
            return Math.abs(factor - wanted) <= TOLERANCE * wanted;
        }
    }

    /** A product with a number, or a quotient by one. */
    private Optional<Scaled> scaled(Step step) {
        int[] in = step.inputs();
        if (step.is("Mul") && numbers.apply(in[0]).isPresent()) {
            return Optional.of(new Scaled(in[1], numbers.apply(in[0]).getAsDouble()));
        }
        boolean scales = step.is("Mul") || step.is("Div");
        if (!scales || numbers.apply(in[1]).isEmpty()) {
            return Optional.empty();
        }
        double number = numbers.apply(in[1]).getAsDouble();
        return Optional.of(new Scaled(in[0], step.is("Mul") ? number : 1 / number));
    }

    /** The operand of a sum or product beside {@code one}. */
    private static int beside(Step step, int one) {
        return step.inputs()[0] == one ? step.inputs()[1] : step.inputs()[0];
    }

    private static Op torch(String expression) {
        return in -> new NDList(in.torch(expression, in.get(0)));
    }

    /** x / 2 · (1 + erf(x / √2)). */
    private void gelu(Step erf) {
        inner(erf.inputs()[0], erf).ifPresent(root -> scaled(root)
                .filter(x -> x.by(ROOT_HALF))
                .ifPresent(x -> halved(x.x, erf, List.of(root), torch("torch.gelu(a)"))));
    }

    /** x / 2 · (1 + tanh(√(2/π) · (x + 0.044715 x³))). */
    private void geluByTanh(Step tanh) {
        Optional<Step> root = inner(tanh.inputs()[0], tanh);
        Optional<Scaled> sum = root.flatMap(this::scaled).filter(x -> x.by(ROOT_TWO_OVER_PI));
        Optional<Step> plus = sum.flatMap(s -> inner(s.x, root.get())).filter(step -> step.is("Add"));
        if (plus.isEmpty()) {
            return;
        }
        for (int cubes : plus.get().inputs()) {
            int x = beside(plus.get(), cubes);
            Optional<Step> small = inner(cubes, plus.get());
            Optional<Step> power = small.flatMap(this::scaled)
                    .filter(s -> s.by(0.044715))
                    .flatMap(s -> inner(s.x, small.get()))
                    .filter(step -> step.is("Pow") && step.inputs()[0] == x && isNumber(step.inputs()[1], 3));
            power.ifPresent(p -> halved(
                    x,
                    tanh,
                    List.of(root.get(), plus.get(), small.get(), p),
                    torch("torch.gelu(a, approximate=\"tanh\")")));
        }
    }

    /** x · (1 + curve), with the half before, after or beside it. */
    private void halved(int x, Step curve, List<Step> inside, Op op) {
        Optional<Step> plus = onlyReader(curve, "Add").filter(step -> isNumber(beside(step, curve.output()), 1));
        Optional<Step> product = plus.flatMap(step -> onlyReader(step, "Mul"));
        if (product.isEmpty()) {
            return;
        }
        List<Step> before = new ArrayList<>(inside);
        before.addAll(List.of(curve, plus.get()));
        int other = beside(product.get(), plus.get().output());
        Optional<Step> next = onlyReader(product.get().output());
        Optional<Step> half = inner(other, product.get())
                .filter(step -> scaled(step).filter(s -> s.x == x && s.by(0.5)).isPresent());
        if (half.isPresent()) {
            before.add(half.get());
            replace(product.get(), before, op, x);
        } else if (other == x
                && next.flatMap(this::scaled).filter(s -> s.by(0.5)).isPresent()) {
            before.add(product.get());
            replace(next.get(), before, op, x);
        } else if (isNumber(other, 0.5)
                && next.filter(step ->
                                step.is("Mul") && beside(step, product.get().output()) == x)
                        .isPresent()) {
            before.add(product.get());
            replace(next.get(), before, op, x);
        }
    }

    private void silu(Step sigmoid) {
        int x = sigmoid.inputs()[0];
        onlyReader(sigmoid, "Mul")
                .filter(step -> beside(step, sigmoid.output()) == x)
                .ifPresent(product -> replace(product, List.of(sigmoid), torch("torch.silu(a)"), x));
    }

    /** A product with a matrix, and a vector added to it. */
    private void linear(Step product) {
        onlyReader(product, "Add")
                .ifPresent(sum -> replace(
                        sum,
                        List.of(product),
                        Fusion::linear,
                        product.inputs()[0],
                        product.inputs()[1],
                        beside(sum, product.output())));
    }

    private static NDList linear(Call in) {
        NDArray x = in.get(0);
        NDArray weight = in.get(1);
        NDArray bias = in.get(2);
        Shape shape = weight.getShape();
        boolean layer = shape.dimension() == 2
                && x.getShape().dimension() > 1
                && bias.getShape().equals(new Shape(shape.get(1)))
                && x.getDataType().isFloating();
        if (!layer) {
            return new NDList(in.torch("torch.add(torch.matmul(a, b), c)", x, weight, bias));
        }
        return new NDList(in.torch("torch.linear(a, torch.t(b), c)", x, weight, bias));
    }

    /** softmax(q kᵀ · scale + mask) v; the scale and the mask may be missing. */
    private void attention(Step softmax) {
        Optional<Step> mixed = onlyReader(softmax, "MatMul").filter(step -> step.inputs()[0] == softmax.output());
        Optional<Step> last = inner(softmax.inputs()[0], softmax);
        if (mixed.isEmpty() || last.isEmpty()) {
            return;
        }
        if (!last.get().is("Add")) {
            attention(softmax, mixed.get(), last.get(), List.of(), -1);
            return;
        }
        for (int scores : last.get().inputs()) {
            int mask = beside(last.get(), scores);
            inner(scores, last.get())
                    .ifPresent(step -> attention(softmax, mixed.get(), step, List.of(last.get()), mask));
        }
    }

    private void attention(Step softmax, Step mixed, Step last, List<Step> masking, int mask) {
        List<Step> before = new ArrayList<>(masking);
        before.add(softmax);
        before.add(last);
        Optional<Scaled> scaling = scaled(last);
        Optional<Step> product = scaling.isEmpty() ? Optional.of(last) : inner(scaling.get().x, last);
        if (product.filter(step -> step.is("MatMul")).isEmpty()) {
            return;
        }
        if (scaling.isPresent()) {
            before.add(product.get());
        }
        double scale = scaling.map(Scaled::factor).orElse(1.0);
        int axis = softmax.node().attribute("axis", -1);
        int[] qk = product.get().inputs();
        replace(mixed, before, in -> new NDList(attention(in, scale, axis)), qk[0], qk[1], mixed.inputs()[1], mask);
    }

    private static NDArray attention(Call in, double scale, int axis) {
        NDArray q = in.get(0);
        Optional<NDArray> mask = in.optional(3);
        Arguments args = new Arguments();
        String query = args.add(q);
        String keys = args.add(in.get(1));
        String values = args.add(in.get(2));
        String bias = args.add(mask);
        String factor = ShapeOps.literal(scale);
        // PyTorch's own attention takes four axes, and gives a mask no gradient.
        boolean known = q.getShape().dimension() == 4
                && in.get(1).getShape().dimension() == 4
                && in.get(2).getShape().dimension() == 4
                && (axis == -1 || axis == 3)
                && mask.map(m -> m.getDataType() == q.getDataType()
                                && m.getShape().dimension() == 4
                                && !m.hasGradient())
                        .orElse(true);
        if (known) {
            return in.torch(
                    "torch.scaled_dot_product_attention(" + query + ", torch.transpose(" + keys + ", -2, -1), " + values
                            + ", " + bias + ", 0.0, False, scale=" + factor + ")",
                    args.all());
        }
        String scores = "torch.mul(torch.matmul(" + query + ", " + keys + "), " + factor + ")";
        String biased = mask.isPresent() ? "torch.add(" + scores + ", " + bias + ")" : scores;
        return in.torch("torch.matmul(torch.softmax(" + biased + ", " + axis + "), " + values + ")", args.all());
    }
}
