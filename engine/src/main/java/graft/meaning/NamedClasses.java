package graft.meaning;

import com.fasterxml.jackson.databind.JsonNode;
import graft.Refusal;
import graft.data.ClassNames;
import graft.files.AtomicFile;
import graft.files.Beside;
import graft.files.Json;
import graft.onnx.ElementType;
import graft.onnx.Graph;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * The classes as a network's file, or a file beside it, names them.
 *
 * @param names in the order of the outputs
 * @param where for the user: "its note names", "labels.txt"
 */
public record NamedClasses(List<String> names, String where) {
    private static final int MOST_BYTES = 4 << 20;

    /** Letters of the notes' keys in which tools name classes. */
    private static final Set<String> KEYS = Set.of(
            "names",
            "classes",
            "classnames",
            "classlabels",
            "labels",
            "labelnames",
            "labelmap",
            "categories",
            "vocab",
            "id2label",
            "label2id",
            "idxtoclass",
            "classtoidx",
            "classindices",
            "synset");

    private static final List<String> BESIDE = List.of(
            "labels.txt",
            "classes.txt",
            "class_names.txt",
            "classnames.txt",
            "label.txt",
            "names.txt",
            "categories.txt",
            "synset.txt",
            "labels.json",
            "classes.json",
            "class_names.json",
            "class_indices.json",
            "vocab.json",
            "imagenet_class_index.json",
            "imagenet-labels.txt",
            "imagenet_labels.txt",
            "imagenet_classes.txt");

    /** What Graft itself wrote, whatever the number of outputs; else what another tool wrote, where it is one per output. */
    public static Optional<NamedClasses> find(Path file, Model model, Answer answer, int outputs) {
        Optional<List<String>> own = ClassNames.fromMetadata(model.metadata());
        if (own.isPresent()) {
            return own.map(names -> new NamedClasses(names, "its note " + ClassNames.KEY));
        }
        return foreign(file, model, answer).stream()
                .filter(found -> found.names().size() == outputs)
                .findFirst();
    }

    /** Lists of names that are there, but not one per output; for the words of a refusal. */
    static List<NamedClasses> others(Path file, Model model, Answer answer, int outputs) {
        return foreign(file, model, answer).stream()
                .filter(found ->
                        found.names().size() != outputs && found.names().size() > 1)
                .toList();
    }

    /** The names in a file that the user gives. */
    public static NamedClasses read(Path labels) {
        List<String> names = text(labels)
                .flatMap(text -> fileNames(labels, text))
                .orElseThrow(() -> new Refusal(labels + " holds no class names. Write one a line, in the order of the"
                        + " network's outputs."));
        return new NamedClasses(names, labels.getFileName().toString());
    }

    private static List<NamedClasses> foreign(Path file, Model model, Answer answer) {
        List<NamedClasses> out = new ArrayList<>();
        for (Map.Entry<String, String> note : model.metadata().entrySet()) {
            String key = note.getKey().toLowerCase(Locale.ROOT);
            String last = key.substring(key.lastIndexOf('.') + 1).replaceAll("[^a-z0-9]", "");
            if (KEYS.contains(last)) {
                NameList.parse(note.getValue())
                        .ifPresent(names -> out.add(new NamedClasses(names, "its note " + note.getKey())));
            }
        }
        List<Node> nodes = new ArrayList<>(answer.labelMakers());
        nodes.addAll(model.graph().nodes());
        for (Node node : nodes) {
            // Also where another output holds the labels: they are made of the same scores.
            ofNode(node)
                    .or(() -> lookedUp(model.graph(), node))
                    .ifPresent(names -> out.add(new NamedClasses(names, "its " + node)));
        }
        for (Path labels : beside(file)) {
            text(labels)
                    .flatMap(text -> fileNames(labels, text))
                    .ifPresent(names -> out.add(new NamedClasses(names, labels.getFileName() + " beside it")));
        }
        return out;
    }

    private static Optional<List<String>> ofNode(Node node) {
        for (String attribute : List.of("classlabels_strings", "values_strings", "classes_strings")) {
            List<String> names = node.attribute(attribute, List.of());
            boolean counted =
                    !node.opType().equals("LabelEncoder") || isCount(node.attribute("keys_int64s", new long[0]));
            if (!names.isEmpty() && counted) {
                return Optional.of(names);
            }
        }
        for (String attribute : List.of("classlabels_int64s", "classlabels_ints")) {
            long[] numbers = node.attribute(attribute, new long[0]);
            if (numbers.length > 0) {
                return Optional.of(
                        LongStream.of(numbers).mapToObj(Long::toString).toList());
            }
        }
        return Optional.empty();
    }

    /** Words that a label's number chooses from, as scikit-learn's converter writes them. */
    private static Optional<List<String>> lookedUp(Graph graph, Node node) {
        boolean looksUp = node.opType().equals("ArrayFeatureExtractor")
                || node.opType().equals("Gather") && node.attribute("axis", 0) == 0;
        return looksUp
                ? Fixed.tensor(graph, node.input(0))
                        .filter(words -> words.type() == ElementType.STRING && words.size() > 1)
                        .map(Tensor::toStrings)
                : Optional.empty();
    }

    /** 0, 1, 2, … */
    private static boolean isCount(long[] keys) {
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] != i) {
                return false;
            }
        }
        return true;
    }

    private static List<Path> beside(Path file) {
        String name = file.getFileName().toString().replaceFirst("(?i)\\.onnx$", "");
        List<String> wanted = new ArrayList<>();
        for (String ending :
                List.of(".txt", ".labels.txt", "-labels.txt", "_labels.txt", ".names", ".json", ".labels.json")) {
            wanted.add(name + ending);
        }
        wanted.addAll(BESIDE);
        wanted.add("config.json");
        return wanted.stream().flatMap(each -> Beside.file(file, each).stream()).toList();
    }

    private static Optional<List<String>> fileNames(Path labels, String text) {
        String name = labels.getFileName().toString().toLowerCase(Locale.ROOT);
        if (!name.endsWith(".json")) {
            String words = text.strip();
            boolean literal = words.startsWith("{") || words.startsWith("[");
            List<String> lines = literal ? NameList.parse(words).orElse(List.of()) : NameList.lines(text);
            return lines.isEmpty() ? Optional.empty() : Optional.of(lines);
        }
        JsonNode root;
        try {
            root = Json.parse(text);
        } catch (IllegalArgumentException noJson) {
            return Optional.empty();
        }
        for (String key : List.of("id2label", "label2id", "names", "classes", "labels", "class_names", "label_names")) {
            if (root.isObject() && root.has(key) && root.get(key).isContainerNode()) {
                return NameList.parse(root.get(key).toString());
            }
        }
        return root.isContainerNode() ? NameList.parse(root.toString()) : Optional.empty();
    }

    private static Optional<String> text(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                return Optional.empty();
            }
            return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new Refusal("Cannot read the class names in " + file + ": " + AtomicFile.reason(e) + ".", e);
        }
    }
}
