package graft.ops;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import graft.onnx.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Nodes that exporters write for one operator of PyTorch, called as that operator: GELU, SiLU, layer normalisation, a
 * linear layer, attention.
 * One call keeps less for the backward pass than five, and passes over memory once. Nodes of which anything but the result is
 * read elsewhere stay as they are.
 */
final class Fusion {
    private static final double ROOT_HALF = Math.sqrt(0.5);
    private static final double ROOT_TWO_OVER_PI = Math.sqrt(2 / Math.PI);
    /** Relative; exporters write constants as floats or with seven digits. */
    private static final double TOLERANCE = 1e-6;

    private static final Set<String> OF_TWO = Set.of("MatMul", "Add", "Sub", "Mul", "Div", "Pow", "Where");

    private final Constants constants;
    private final DefUse uses;
    private final Set<Step> gone = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<Step, Step> fused = new IdentityHashMap<>();

    /** What is known of values before anything runs; empty for what learns. */
    interface Constants {
        /** A real number without axes. */
        OptionalDouble number(int slot);

        /** A list of integers. */
        Optional<long[]> integers(int slot);
    }

    private Fusion(List<Step> steps, Set<Integer> kept, Constants constants) {
        this.constants = constants;
        uses = new DefUse(steps, kept);
    }

    /**
     * The same program in fewer steps.
     *
     * @param kept places that are read after the last step
     * @param opset version of the operators
     */
    static List<Step> fuse(List<Step> steps, Set<Integer> kept, Constants constants, long opset) {
        if (steps.stream().anyMatch(Fusion::lacks)) {
            return steps; // running them says which node it is
        }
        Fusion fusion = new Fusion(steps, kept, constants);
        for (Step step : steps) {
            switch (step.node().domain().isEmpty() ? step.node().opType() : "") {
                case "Erf" -> fusion.gelu(step);
                case "Tanh" -> fusion.geluByTanh(step);
                case "Sigmoid" -> fusion.silu(step);
                case "Sqrt" -> fusion.layerNormalization(step);
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

    /** Whether a damaged file left out what every node of the kind has. */
    private static boolean lacks(Step step) {
        int fewest = OF_TWO.contains(step.node().opType()) ? 2 : 1;
        return step.inputs().length < fewest || step.outputs().length == 0;
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

    private boolean isNumber(int slot, double value) {
        OptionalDouble number = constants.number(slot);
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
        if (step.is("Mul") && constants.number(in[0]).isPresent()) {
            return Optional.of(new Scaled(in[1], constants.number(in[0]).getAsDouble()));
        }
        boolean scales = step.is("Mul") || step.is("Div");
        if (!scales || constants.number(in[1]).isEmpty()) {
            return Optional.empty();
        }
        double number = constants.number(in[1]).getAsDouble();
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
        uses.inner(erf.inputs()[0], erf).ifPresent(root -> scaled(root)
                .filter(x -> x.by(ROOT_HALF))
                .ifPresent(x -> halved(x.x, erf, List.of(root), torch("torch.gelu(a)"))));
    }

    /** x / 2 · (1 + tanh(√(2/π) · (x + 0.044715 x³))). */
    private void geluByTanh(Step tanh) {
        Optional<Step> root = uses.inner(tanh.inputs()[0], tanh);
        Optional<Scaled> sum = root.flatMap(this::scaled).filter(x -> x.by(ROOT_TWO_OVER_PI));
        Optional<Step> plus = sum.flatMap(s -> uses.inner(s.x, root.get())).filter(step -> step.is("Add"));
        if (plus.isEmpty()) {
            return;
        }
        for (int cubes : plus.get().inputs()) {
            int x = beside(plus.get(), cubes);
            Optional<Step> small = uses.inner(cubes, plus.get());
            Optional<Step> power = small.flatMap(this::scaled)
                    .filter(s -> s.by(0.044715))
                    .flatMap(s -> uses.inner(s.x, small.get()))
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
        Optional<Step> plus = uses.onlyReader(curve, "Add").filter(step -> isNumber(beside(step, curve.output()), 1));
        Optional<Step> product = plus.flatMap(step -> uses.onlyReader(step, "Mul"));
        if (product.isEmpty()) {
            return;
        }
        List<Step> before = new ArrayList<>(inside);
        before.addAll(List.of(curve, plus.get()));
        int other = beside(product.get(), plus.get().output());
        Optional<Step> next = uses.onlyReader(product.get().output());
        Optional<Step> half = uses.inner(other, product.get())
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
        uses.onlyReader(sigmoid, "Mul")
                .filter(step -> beside(step, sigmoid.output()) == x)
                .ifPresent(product -> replace(product, List.of(sigmoid), torch("torch.silu(a)"), x));
    }

    /** (x − mean) / √(mean of squares + ε) · scale + shift. */
    private void layerNormalization(Step root) {
        Optional<Step> plus = uses.inner(root.inputs()[0], root).filter(step -> step.is("Add"));
        Optional<Step> quotient = uses.onlyReader(root, "Div").filter(step -> step.inputs()[1] == root.output());
        Optional<Step> product = quotient.flatMap(step -> uses.onlyReader(step, "Mul"));
        Optional<Step> sum = product.flatMap(step -> uses.onlyReader(step, "Add"));
        if (plus.isEmpty() || sum.isEmpty()) {
            return;
        }
        int centred = quotient.get().inputs()[0];
        Optional<Step> difference = uses.producer(centred).filter(step -> step.is("Sub"));
        Optional<Step> mean = difference
                .flatMap(step -> uses.inner(step.inputs()[1], step))
                .filter(step -> step.inputs()[0] == difference.get().inputs()[0]);
        for (int slot : plus.get().inputs()) {
            OptionalDouble epsilon = constants.number(beside(plus.get(), slot));
            Optional<Step> variance = uses.inner(slot, plus.get());
            Optional<Step> square = variance.flatMap(step -> uses.inner(step.inputs()[0], step))
                    .filter(step -> isSquare(step, centred));
            if (mean.isEmpty() || square.isEmpty() || epsilon.isEmpty()) {
                continue;
            }
            Optional<long[]> axes = keptAxes(mean.get());
            boolean alike = axes.isPresent()
                    && Arrays.equals(axes.get(), keptAxes(variance.get()).orElse(null));
            List<Step> by = uses.readers(centred);
            boolean inside =
                    !by.isEmpty() && by.stream().allMatch(step -> step == square.get() || step == quotient.get());
            if (alike && inside) {
                replace(
                        sum.get(),
                        List.of(
                                mean.get(),
                                difference.get(),
                                square.get(),
                                variance.get(),
                                plus.get(),
                                root,
                                quotient.get(),
                                product.get()),
                        in -> new NDList(layerNormalization(in, axes.get(), epsilon.getAsDouble())),
                        mean.get().inputs()[0],
                        beside(product.get(), quotient.get().output()),
                        beside(sum.get(), product.get().output()));
            }
        }
    }

    private boolean isSquare(Step step, int of) {
        int[] in = step.inputs();
        return in[0] == of && (step.is("Mul") ? in[1] == of : step.is("Pow") && isNumber(in[1], 2));
    }

    /** The axes of a mean that keeps them; empty where they are not known or nothing of the kind. */
    private Optional<long[]> keptAxes(Step step) {
        Node node = step.node();
        if (!step.is("ReduceMean") || node.attribute("keepdims", 1) == 0) {
            return Optional.empty();
        }
        return step.inputs().length > 1 // from version 18 of the operators on
                ? constants.integers(step.inputs()[1])
                : Optional.of(node.attribute("axes", new long[0])).filter(axes -> axes.length > 0);
    }

    private static NDArray layerNormalization(Call in, long[] axes, double epsilon) {
        NDArray x = in.get(0);
        int rank = x.getShape().dimension();
        Shape row = new Shape(x.getShape().get(rank - 1));
        String small = ShapeOps.literal(epsilon);
        boolean known = axes.length == 1
                && (axes[0] == -1 || axes[0] == rank - 1)
                && in.get(1).getShape().equals(row)
                && in.get(2).getShape().equals(row)
                && x.getDataType().isFloating();
        return known
                ? in.torch("torch.layer_norm(a, [" + row.size() + "], b, c, " + small + ")", x, in.get(1), in.get(2))
                : in.script(
                                "d = torch.sub(a, torch.mean(a, " + Call.list(axes) + ", True))\n"
                                        + "v = torch.mean(torch.mul(d, d), " + Call.list(axes) + ", True)\n"
                                        + "n = torch.div(d, torch.sqrt(torch.add(v, " + small + ")))\n"
                                        + "return torch.add(torch.mul(n, b), c)",
                                1,
                                x,
                                in.get(1),
                                in.get(2))
                        .head();
    }

    /** A product with a matrix, and a vector added to it. */
    private void linear(Step product) {
        uses.onlyReader(product, "Add")
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
            return new NDList(in.product("torch.add(torch.matmul(a, b), c)", x, weight, bias));
        }
        return new NDList(in.product("torch.linear(a, torch.t(b), c)", x, weight, bias));
    }

    /** softmax(q kᵀ · scale + mask) v; the scale and the mask may be missing, the softmax may be cast to the type of v. */
    private void attention(Step softmax) {
        List<Step> ends = new ArrayList<>(List.of(softmax));
        uses.onlyReader(softmax, "Cast").ifPresent(ends::add);
        Step weights = ends.get(ends.size() - 1);
        Optional<Step> mixed = uses.onlyReader(weights, "MatMul").filter(step -> step.inputs()[0] == weights.output());
        Optional<Step> last = uses.inner(softmax.inputs()[0], softmax);
        if (mixed.isEmpty() || last.isEmpty()) {
            return;
        }
        if (!last.get().is("Add")) {
            attention(ends, mixed.get(), last.get(), -1);
            return;
        }
        for (int scores : last.get().inputs()) {
            int mask = beside(last.get(), scores);
            List<Step> masked = new ArrayList<>(ends);
            masked.add(last.get());
            uses.inner(scores, last.get()).ifPresent(step -> attention(masked, mixed.get(), step, mask));
        }
    }

    /**
     * @param ends the softmax and what belongs to it beside the product's scores
     */
    private void attention(List<Step> ends, Step mixed, Step last, int mask) {
        List<Step> before = new ArrayList<>(ends);
        before.add(last);
        Optional<Scaled> scaling = scaled(last);
        Optional<Step> product = scaling.isEmpty() ? Optional.of(last) : uses.inner(scaling.get().x, last);
        if (product.filter(step -> step.is("MatMul")).isEmpty()) {
            return;
        }
        if (scaling.isPresent()) {
            before.add(product.get());
        }
        double scale = scaling.map(Scaled::factor).orElse(1.0);
        int axis = ends.get(0).node().attribute("axis", -1);
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
                && in.get(2).getDataType() == q.getDataType()
                && (axis == -1 || axis == 3)
                && mask.map(m -> m.getDataType() == q.getDataType()
                                && m.getShape().dimension() == 4
                                && !m.hasGradient())
                        .orElse(true);
        if (known) {
            return in.product(
                    "torch.scaled_dot_product_attention(" + query + ", torch.transpose(" + keys + ", -2, -1), " + values
                            + ", " + bias + ", 0.0, False, scale=" + factor + ")",
                    args.all());
        }
        String scores = "torch.mul(torch.matmul(" + query + ", " + keys + "), " + factor + ")";
        String biased = mask.isPresent() ? "torch.add(" + scores + ", " + bias + ")" : scores;
        String weights = "torch.softmax(" + biased + ", " + axis + ")";
        if (in.get(2).getDataType() != q.getDataType()) {
            weights = "torch.to(" + weights + ", " + Types.code(in.get(2).getDataType()) + ")";
        }
        return in.product("torch.matmul(" + weights + ", " + values + ")", args.all());
    }
}
