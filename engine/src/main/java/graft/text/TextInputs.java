package graft.text;

import graft.Refusal;
import graft.onnx.ElementType;
import graft.onnx.Graph;
import graft.onnx.Node;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a network of texts is fed, by the names of its inputs.
 *
 * @param infos the inputs, by what they hold
 * @param embeddings how many tokens the network has numbers for; empty where it cannot be told
 * @param positions how many tokens a text may have; empty where it cannot be told
 * @param past what earlier tokens left behind, {@code [texts, heads, earlier tokens, width]} each: of networks that write on
 * @param branch whether there is such a past, BOOL [1]: of networks that hold a graph for either case
 */
public record TextInputs(
        Map<Role, ValueInfo> infos,
        OptionalInt embeddings,
        OptionalInt positions,
        List<ValueInfo> past,
        Optional<ValueInfo> branch) {
    /** The input that chooses between two graphs in one. */
    public static final String BRANCH = "use_cache_branch";

    /** What such inputs are called: {@code past_key_values.0.key}, {@code past_0}. */
    private static final Pattern PAST = Pattern.compile("(.*[/.])?past(_key_values?|_key|_value)?([._].*|\\d*)");

    /** What an input holds, with the names that exporters give it. */
    public enum Role {
        IDS("input_ids", "input_tokens", "ids", "tokens"),
        MASK("attention_mask", "input_mask", "mask"),
        TYPES("token_type_ids", "segment_ids", "token_types"),
        POSITIONS("position_ids", "positions");

        private final List<String> names;

        Role(String... names) {
            this.names = List.of(names);
        }

        static Optional<Role> of(String input) {
            String plain =
                    input.toLowerCase(Locale.ROOT).replaceAll(":\\d+$", "").replaceAll(".*[/.]", "");
            for (Role role : values()) {
                if (role.names.contains(plain) || role.names.contains(plain.replaceAll("_\\d+$", ""))) {
                    return Optional.of(role);
                }
            }
            return Optional.empty();
        }
    }

    /** What hands numbers on as they are, in another type or shape. */
    private static final Set<String> PASSING =
            Set.of("Cast", "Identity", "Reshape", "Squeeze", "Unsqueeze", "Flatten", "DequantizeLinear", "Transpose");

    /** Whether a network reads texts: it has an input of whole numbers that is called as token numbers are. */
    public static boolean areOf(Graph graph) {
        return graph.inputs().stream()
                .anyMatch(input -> Role.of(input.name()).equals(Optional.of(Role.IDS)) && isWhole(input));
    }

    private static boolean isWhole(ValueInfo input) {
        return input.type()
                .filter(t -> t == ElementType.INT64 || t == ElementType.INT32)
                .isPresent();
    }

    /**
     * @param fixed inputs that the user gave a value for
     * @throws Refusal where the network takes something else
     */
    public static TextInputs of(Graph graph, Set<String> fixed) {
        List<ValueInfo> inputs = graph.inputs().stream()
                .filter(input -> !fixed.contains(input.name()))
                .toList();
        List<ValueInfo> past = inputs.stream().filter(TextInputs::isPast).toList();
        past.forEach(TextInputs::refuseUnknownSize);
        Map<Role, ValueInfo> infos = roles(texts(inputs));
        Search search = new Search(graph);
        return new TextInputs(infos, search.rows(infos, Role.IDS), search.positions(infos), past, branch(inputs));
    }

    private static Optional<ValueInfo> branch(List<ValueInfo> inputs) {
        return inputs.stream().filter(TextInputs::isBranch).findFirst();
    }

    private static boolean isBranch(ValueInfo input) {
        return input.name().equals(BRANCH)
                && input.type().filter(type -> type == ElementType.BOOL).isPresent();
    }

    /** Name of the table that token numbers are looked up in; empty where it is computed, or cannot be told. */
    public Optional<String> table(Graph graph) {
        return new Search(graph)
                .gathers(infos.get(Role.IDS).name()).stream()
                        .map(node -> node.input(0))
                        .filter(name -> graph.initializers().containsKey(name))
                        .filter(name -> graph.initializers().get(name).shape().length == 2)
                        .findFirst();
    }

    /** Whether an input takes what earlier tokens left behind. */
    public static boolean isPast(ValueInfo input) {
        return PAST.matcher(input.name().toLowerCase(Locale.ROOT)).matches()
                && input.type().filter(ElementType::isFloat).isPresent()
                && input.shape().filter(shape -> shape.size() == 4).isPresent();
    }

    private static void refuseUnknownSize(ValueInfo past) {
        List<Dim> shape = past.shape().orElseThrow();
        if (!shape.get(1).isFixed() || shape.get(2).isFixed() || !shape.get(3).isFixed()) {
            throw new Refusal(
                    "The network's input " + past.name() + " takes what earlier tokens left behind, but its shape "
                            + shape
                            + " is not [texts, heads, earlier tokens, width] with a fixed number of heads, a fixed width and"
                            + " as many earlier tokens as there are. Export the network with such axes, or without a past"
                            + " (use_cache=False).");
        }
    }

    private static List<ValueInfo> texts(List<ValueInfo> inputs) {
        return inputs.stream()
                .filter(input -> !isPast(input) && !isBranch(input))
                .toList();
    }

    /** The same for a network that holds the same tables and is fed otherwise. */
    TextInputs as(List<ValueInfo> inputs) {
        List<ValueInfo> others = inputs.stream().filter(TextInputs::isPast).toList();
        return new TextInputs(roles(texts(inputs)), embeddings, positions, others, branch(inputs));
    }

    private static Map<Role, ValueInfo> roles(List<ValueInfo> inputs) {
        Map<Role, ValueInfo> infos = new EnumMap<>(Role.class);
        for (ValueInfo input : inputs) {
            Role role = Role.of(input.name())
                    .orElseThrow(() -> new Refusal("The network's input " + input.name()
                            + " is none that texts go into (input_ids, attention_mask, token_type_ids, position_ids)."
                            + (inputs.size() == 1
                                    ? " It is no network of texts."
                                    : " Give it a value with --input " + input.name() + "=VALUE.")));
            if (!isWhole(input)) {
                throw new Refusal("The network's input " + input.name() + " takes "
                        + input.type().map(Enum::toString).orElse("something that is no tensor")
                        + ", but tokens are whole numbers (INT64 or INT32). Export the network with such inputs.");
            }
            if (infos.putIfAbsent(role, input) != null) {
                throw new Refusal("The network has two inputs that may hold the same: "
                        + infos.get(role).name() + " and " + input.name() + ". Give one of them a value with --input.");
            }
        }
        if (!infos.containsKey(Role.IDS)) {
            throw new Refusal(
                    "The network has no input input_ids, so that it is no network of texts. Choose a network that"
                            + " reads texts, or give it the data it is for.");
        }
        return infos;
    }

    /** The size of the sequence axis, where the file fixes it. */
    public OptionalInt fixedLength() {
        Optional<List<Dim>> shape = infos.get(Role.IDS).shape();
        return shape.isPresent()
                        && shape.get().size() == 2
                        && shape.get().get(1).isFixed()
                ? OptionalInt.of(Math.toIntExact(shape.get().get(1).size()))
                : OptionalInt.empty();
    }

    /** Looks for the tables that token numbers and positions are looked up in. */
    private static final class Search {
        private final Graph graph;
        private final Map<String, Node> producers;
        private final Map<String, List<Node>> readers;

        Search(Graph graph) {
            this.graph = graph;
            this.producers = graph.producers();
            this.readers = graph.readers();
        }

        OptionalInt rows(Map<Role, ValueInfo> infos, Role role) {
            Optional<long[]> table = table(infos, role);
            return table.isPresent() ? OptionalInt.of(Math.toIntExact(table.get()[0])) : OptionalInt.empty();
        }

        /** Shape of the table that is read by the numbers of an input. */
        private Optional<long[]> table(Map<Role, ValueInfo> infos, Role role) {
            return infos.containsKey(role)
                    ? gathers(infos.get(role).name()).stream()
                            .map(node -> shape(node.input(0)))
                            .flatMap(Optional::stream)
                            .filter(shape -> shape.length == 2)
                            .findFirst()
                    : Optional.empty();
        }

        /** Gathers whose indices are a tensor, possibly in another type or shape. */
        private Set<Node> gathers(String tensor) {
            Set<Node> out = new HashSet<>();
            Deque<String> open = new ArrayDeque<>(List.of(tensor));
            Set<String> seen = new HashSet<>();
            while (!open.isEmpty()) {
                String name = open.pop();
                if (seen.add(name)) {
                    for (Node reader : readers.getOrDefault(name, List.of())) {
                        if (reader.opType().equals("Gather") && reader.input(1).equals(name)) {
                            out.add(reader);
                        } else if (PASSING.contains(reader.opType())
                                && reader.input(0).equals(name)) {
                            open.add(reader.output(0));
                        }
                    }
                }
            }
            return out;
        }

        private Optional<long[]> shape(String tensor) {
            String name = tensor;
            while (true) {
                Tensor constant = graph.initializers().get(name);
                if (constant != null) {
                    return Optional.of(constant.shape());
                }
                Node producer = producers.get(name);
                if (producer == null) {
                    return Optional.empty();
                }
                if (producer.opType().equals("Constant")) {
                    return producer.tensor("value").map(Tensor::shape);
                }
                if (!PASSING.contains(producer.opType()) || producer.opType().equals("Reshape")) {
                    return Optional.empty();
                }
                name = producer.input(0);
            }
        }

        /** The other table whose rows are as long as those of the tokens: it is read by position. */
        OptionalInt positions(Map<Role, ValueInfo> infos) {
            Optional<long[]> tokens = table(infos, Role.IDS);
            if (tokens.isEmpty()) {
                return OptionalInt.empty();
            }
            Set<Node> others = new HashSet<>(gathers(infos.get(Role.IDS).name()));
            if (infos.containsKey(Role.TYPES)) {
                others.addAll(gathers(infos.get(Role.TYPES).name()));
            }
            OptionalInt rows = graph.nodes().stream()
                    .filter(node -> node.opType().equals("Gather") && !others.contains(node))
                    .filter(node -> shape(node.input(0))
                            // Two rows and less tell texts of a pair apart where their numbers are not asked for.
                            .filter(shape -> shape.length == 2 && shape[1] == tokens.get()[1] && shape[0] > 2)
                            .isPresent())
                    .mapToInt(node ->
                            usable(node, Math.toIntExact(shape(node.input(0)).orElseThrow()[0])))
                    .min();
            return rows.isPresent() ? rows : triangles();
        }

        /** Who sees whom among the tokens, where the file keeps that: {@code [1, 1, tokens, tokens]}. */
        private OptionalInt triangles() {
            return graph.initializers().values().stream()
                    .map(Tensor::shape)
                    .filter(shape -> shape.length == 4 && shape[0] == 1 && shape[1] == 1)
                    .filter(shape -> shape[2] == shape[3] && shape[2] > 2)
                    .mapToInt(shape -> Math.toIntExact(shape[2]))
                    .min();
        }

        /**
         * How many positions rows are for. RoBERTa and its kin count the tokens that are no padding and add the number of padding, so
         * that the first position is one more than that.
         */
        private int usable(Node gather, int rows) {
            OptionalLong padding = addedToCount(gather.input(1));
            if (padding.isPresent()) {
                return Math.toIntExact(rows - 1 - padding.getAsLong());
            }
            return rows % 16 == 2 ? rows - 2 : rows;
        }

        /** What is added to a running count that a tensor is made of; empty where it is no such count. */
        private OptionalLong addedToCount(String tensor) {
            Node node = producers.get(tensor);
            while (node != null && PASSING.contains(node.opType())) {
                node = producers.get(node.input(0));
            }
            if (node == null || !node.opType().equals("Add")) {
                return OptionalLong.empty();
            }
            for (int i = 0; i < 2; i++) {
                Optional<Tensor> added = constant(node.input(1 - i));
                if (added.isPresent() && added.get().size() == 1 && isCount(node.input(i))) {
                    return OptionalLong.of(added.get().toLongs()[0]);
                }
            }
            return OptionalLong.empty();
        }

        private boolean isCount(String tensor) {
            Node node = producers.get(tensor);
            while (node != null
                    && (PASSING.contains(node.opType()) || node.opType().equals("Mul"))) {
                node = producers.get(node.input(0));
            }
            return node != null && node.opType().equals("CumSum");
        }

        private Optional<Tensor> constant(String tensor) {
            Tensor kept = graph.initializers().get(tensor);
            Node producer = producers.get(tensor);
            return kept != null
                    ? Optional.of(kept)
                    : producer == null || !producer.opType().equals("Constant")
                            ? Optional.empty()
                            : producer.tensor("value");
        }
    }
}
