package graft.run;

import graft.data.DataSet;
import graft.data.Examples;
import graft.onnx.Values;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The examples that a run began with: should they change before it goes on, it can be said which.
 *
 * @param examples the beginning of the content's hash and what is to be answered, by name
 */
record ExampleList(Map<String, String> examples) {
    static final String FILE = "examples.json";
    private static final int MOST = 200_000;
    private static final int HASH = 16;
    private static final int NAMED = 3;

    /** Empty where there are so many that the list would be large beside the run. */
    static Optional<ExampleList> of(DataSet data) {
        List<Examples> parts = Stream.concat(Stream.of(data.train(), data.val()), data.test().stream())
                .toList();
        if (parts.stream().mapToLong(Examples::size).sum() > MOST) {
            return Optional.empty();
        }
        Map<String, String> out = new LinkedHashMap<>();
        for (Examples part : parts) {
            for (int i = 0; i < part.size(); i++) {
                out.put(part.name(i), part.key(i).substring(0, HASH) + " " + answer(data, part, i));
            }
        }
        return Optional.of(new ExampleList(out));
    }

    /** What is to be answered: the name of a class, or a hash where there are none. */
    private static String answer(DataSet data, Examples part, int example) {
        if (!data.classes().isEmpty()) {
            return data.classes().get(part.label(example));
        }
        int hash = 0;
        for (Map.Entry<String, Values> target : new TreeMap<>(part.targets().of(new int[] {example}, 1)).entrySet()) {
            ByteBuffer numbers = target.getValue().data().duplicate().clear();
            hash = 31 * (31 * hash + target.getKey().hashCode()) + numbers.hashCode();
        }
        return Integer.toHexString(hash);
    }

    /** For "the examples have changed: …"; "" where the lists are equal. */
    String changes(ExampleList now) {
        List<String> out = new ArrayList<>();
        add(out, now.examples.keySet(), name -> !examples.containsKey(name), "new");
        add(out, examples.keySet(), name -> !now.examples.containsKey(name), "gone or cannot be read");
        add(out, examples.keySet(), name -> differs(now, name, 0, HASH), "altered");
        add(
                out,
                examples.keySet(),
                name -> !differs(now, name, 0, HASH) && differs(now, name, HASH, Integer.MAX_VALUE),
                "labelled otherwise");
        return String.join("; ", out);
    }

    /** The same where only classes are known of the examples that there are now; null where an example is of no one class. */
    String changesOfClass(Map<String, String> now) {
        List<String> out = new ArrayList<>();
        add(out, now.keySet(), name -> !examples.containsKey(name), "new");
        add(out, examples.keySet(), name -> !now.containsKey(whole(name)), "left out or gone");
        add(
                out,
                examples.keySet(),
                name -> now.get(name) != null
                        && !examples.get(name)
                                .substring(Math.min(HASH + 1, examples.get(name).length()))
                                .equals(now.get(name)),
                "of another class now");
        return String.join("; ", out);
    }

    /** Of a window of an example, the example. */
    private static String whole(String name) {
        return name.replaceFirst(" \\(window \\d+\\)$", "");
    }

    private boolean differs(ExampleList now, String name, int from, int to) {
        String before = examples.get(name);
        String after = now.examples.get(name);
        return after != null && !cut(before, from, to).equals(cut(after, from, to));
    }

    private static String cut(String text, int from, int to) {
        return text.substring(Math.min(from, text.length()), Math.min(to, text.length()));
    }

    private static void add(List<String> out, Iterable<String> names, Predicate<String> which, String what) {
        List<String> found = new ArrayList<>();
        names.forEach(name -> {
            if (which.test(name)) {
                found.add(name);
            }
        });
        if (!found.isEmpty()) {
            out.add(found.size() + (found.size() == 1 ? " is " : " are ") + what + " ("
                    + found.stream().limit(NAMED).collect(Collectors.joining(", "))
                    + (found.size() > NAMED ? ", …" : "") + ")");
        }
    }
}
