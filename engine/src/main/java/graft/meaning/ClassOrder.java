package graft.meaning;

import graft.Refusal;
import graft.onnx.Model;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Which output of a network stands for which class of the data.
 *
 * @param names by output
 * @param outputOf the output of each class of the data
 * @param remark what was assumed, for the user
 */
public record ClassOrder(List<String> names, int[] outputOf, Optional<String> remark) {
    private static final int NAMED = 20;

    /** Orders of folders whose names are numbers. */
    public enum Order {
        /** 1, 10, 2: as most tools sort folders. */
        TEXT,
        /** 1, 2, 10. */
        NUMERIC
    }

    /**
     * @param outputs numbers per example that the network answers with; a network with one number for two classes has 2
     * @param classes of the data, by label
     * @throws Refusal where it is not known which output is which class, with the ways to say it
     */
    public static ClassOrder of(
            Path file, Model model, Answer answer, int outputs, List<String> classes, Reading reading) {
        if (reading.order().isPresent()) {
            requireOnePerOutput(file, model, answer, outputs, classes);
            List<String> sorted = sorted(classes, reading.order().get());
            return new ClassOrder(sorted, places(sorted, classes), Optional.empty());
        }
        Optional<NamedClasses> named = named(file, model, answer, outputs, reading);
        return named.isPresent()
                ? byName(file, named.get(), outputs, classes)
                : byPosition(file, model, answer, outputs, classes);
    }

    /** The classes by the names that the user gives, else those of the file. */
    public static Optional<NamedClasses> named(Path file, Model model, Answer answer, int outputs, Reading reading) {
        return reading.classes().isPresent()
                ? reading.classes().map(NamedClasses::read)
                : NamedClasses.find(file, model, answer, outputs);
    }

    /**
     * Of examples that nobody has labelled: the classes as the file, or the user, names them, else their numbers.
     *
     * @throws Refusal where names are given, but not one per output
     */
    public static ClassOrder ofNetwork(Path file, Model model, Answer answer, int outputs, Reading reading) {
        Optional<NamedClasses> named = named(file, model, answer, outputs, reading);
        if (named.isPresent()) {
            return byName(file, named.get(), outputs, named.get().names());
        }
        List<NamedClasses> others = NamedClasses.others(file, model, answer, outputs);
        List<String> numbers =
                IntStream.range(0, outputs).mapToObj(Integer::toString).toList();
        return new ClassOrder(
                numbers,
                IntStream.range(0, outputs).toArray(),
                Optional.of((others.isEmpty()
                                ? "The file does not name its classes"
                                : "The file has " + outputs + " outputs, but "
                                        + others.get(0).where() + " names "
                                        + others.get(0).names().size() + " classes, which is not followed")
                        + "; they are called by their numbers, from 0. --classes FILE gives them names."));
    }

    private static ClassOrder byName(Path file, NamedClasses named, int outputs, List<String> classes) {
        List<String> names = named.names();
        if (names.size() != outputs) {
            throw new Refusal(file + " has " + outputs + " outputs, but " + named.where() + " names " + names.size()
                    + " classes (" + few(names)
                    + "). Name all of them in a file, one a line, and give it with --classes.");
        }
        String where =
                named.where().startsWith("its note graft.") ? "" : "The classes are named by " + named.where() + ".";
        int[] exact = places(names, classes);
        if (IntStream.of(exact).allMatch(place -> place >= 0)) {
            return new ClassOrder(names, exact, where.isEmpty() ? Optional.empty() : Optional.of(where));
        }
        int[] nearly = places(
                names.stream().map(ClassOrder::plain).toList(),
                classes.stream().map(ClassOrder::plain).toList());
        if (IntStream.of(nearly).allMatch(place -> place >= 0)
                && IntStream.of(nearly).distinct().count() == nearly.length) {
            List<String> pairs = new ArrayList<>();
            for (int i = 0; i < nearly.length; i++) {
                if (!classes.get(i).equals(names.get(nearly[i]))) {
                    pairs.add(classes.get(i) + " = " + names.get(nearly[i]));
                }
            }
            return new ClassOrder(
                    names,
                    nearly,
                    Optional.of(
                            (where + " Taken for the same though written differently: " + few(pairs) + ".").strip()));
        }
        List<String> counted =
                IntStream.range(0, classes.size()).mapToObj(Integer::toString).toList();
        if (classes.size() <= outputs && (classes.equals(counted) || counted.containsAll(classes))) {
            // Labels that are numbers stand for the outputs of these numbers.
            int[] numbers = classes.stream().mapToInt(Integer::parseInt).toArray();
            return new ClassOrder(
                    names,
                    numbers,
                    Optional.of((where + " The classes of the data are numbers; assumed: " + classes.get(0) + " is "
                                    + names.get(numbers[0]) + ", " + classes.get(classes.size() - 1) + " is "
                                    + names.get(numbers[numbers.length - 1]) + ".")
                            .strip()));
        }
        String unknown = classes.stream()
                .filter(name -> !names.contains(name))
                .findFirst()
                .orElseThrow();
        throw new Refusal("The data have a class " + unknown + ", which " + file + " does not know; "
                + (where.isEmpty() ? "it knows " : named.where() + " names ") + few(names)
                + ". Rename or remove the class, say with --class-order text or --classes FILE which output is which class, or"
                + " fine-tune the network on it first.");
    }

    private static ClassOrder byPosition(Path file, Model model, Answer answer, int outputs, List<String> classes) {
        requireOnePerOutput(file, model, answer, outputs, classes);
        boolean asText = classes.equals(sorted(classes, Order.TEXT));
        List<String> numeric = sorted(classes, Order.NUMERIC);
        if (asText && !classes.equals(numeric)) {
            throw new Refusal(
                    file + " does not name its classes, and the folders can be put in order in two ways: as text ("
                            + few(classes) + ") or by their numbers (" + few(numeric)
                            + "). Say which the network was trained with: --class-order text or --class-order numeric; or name the"
                            + " classes in the order of its outputs, one a line, in a file for --classes.");
        }
        List<NamedClasses> others = NamedClasses.others(file, model, answer, outputs);
        String unnamed = others.isEmpty()
                ? "The file does not name its classes; "
                : "The file has " + outputs + " outputs, but " + others.get(0).where() + " names "
                        + others.get(0).names().size() + " classes, which is not followed; ";
        return new ClassOrder(
                classes,
                IntStream.range(0, classes.size()).toArray(),
                Optional.of(unnamed + "assumed is the "
                        + (asText ? "alphabetical order of the folders" : "order of the labels") + ": " + few(classes)
                        + ". If it was trained with another order, these figures are wrong: give --classes FILE."));
    }

    private static void requireOnePerOutput(Path file, Model model, Answer answer, int outputs, List<String> classes) {
        if (outputs == classes.size()) {
            return;
        }
        List<NamedClasses> others = NamedClasses.others(file, model, answer, outputs);
        throw new Refusal(file + " has " + outputs + (outputs == 1 ? " output" : " outputs") + " but there are "
                + classes.size() + " classes (" + few(classes) + ")"
                + (others.isEmpty()
                        ? ", and the file does not name its classes"
                        : ", and " + others.get(0).where() + " names "
                                + others.get(0).names().size())
                + ": which output stands for which class is not known. "
                + (outputs > classes.size()
                        ? "Name all " + outputs
                                + " classes in the order of the outputs, one a line, in a file for --classes,"
                                + " or fine-tune the network on these data: where its outputs are features and no classes, `graft"
                                + " train` gives it a head."
                        : "Judge a network with one output per class, or fine-tune it on these data."));
    }

    /** -1 for a name that is not among {@code outputs}. */
    private static int[] places(List<String> outputs, List<String> names) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < outputs.size(); i++) {
            places.putIfAbsent(outputs.get(i), i);
        }
        return names.stream().mapToInt(name -> places.getOrDefault(name, -1)).toArray();
    }

    private static String plain(String name) {
        return name.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s_-]+", " ");
    }

    /** Names that differ in nothing but a number go by it; where there is anything else, as text. */
    static List<String> sorted(List<String> classes, Order order) {
        List<String> out = new ArrayList<>(classes);
        boolean numbered = classes.stream().allMatch(name -> name.matches(".*\\d.*"))
                && new HashSet<>(classes.stream()
                                        .map(name -> name.replaceFirst("\\d+", "#"))
                                        .toList())
                                .size()
                        == 1
                && classes.stream().allMatch(name -> name.replaceAll("\\D", "").length() < 10);
        if (order == Order.TEXT || !numbered) {
            Collections.sort(out);
        } else {
            out.sort(Comparator.comparingLong(name -> Long.parseLong(name.replaceFirst("^\\D*(\\d+).*$", "$1"))));
        }
        return out;
    }

    private static String few(List<String> names) {
        return String.join(", ", names.subList(0, Math.min(NAMED, names.size()))) + (names.size() > NAMED ? ", …" : "");
    }
}
