package graft.data;

import graft.Refusal;
import graft.onnx.ElementType;
import graft.progress.Progress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A {@code .npz} file as a data set: {@code x_train, y_train, x_val, y_val}, perhaps {@code x_test, y_test}, and {@code
 * classes} (text) if the classes have names. Where there is a test part and no x_val, that is drawn from x_train. Floats become float32, integers int64; bytes are taken for pixels and become float32.
 */
public final class ArrayFile {
    private static final int MOST_CLASSES = 100_000;

    private final Path file;
    private final Map<String, Npy> arrays;
    private final List<String> unused;

    private ArrayFile(NpzFile read) {
        this.file = read.file();
        this.arrays = read.arrays();
        this.unused = read.unused();
    }

    /** Says by {@code progress} what is taken for granted. */
    public static DataSet open(Path file, DataOptions options, Progress progress) {
        ArrayFile opened = new ArrayFile(NpzFile.read(file));
        DataSet data = opened.dataSet(options);
        opened.remarks(data).forEach(progress::note);
        data.remarks().forEach(remark -> progress.note(remark.text()));
        return data;
    }

    private List<String> remarks(DataSet data) {
        List<String> out = new ArrayList<>(unused);
        Stream.of(Optional.of(data.train()), Optional.of(data.val()), data.test())
                .flatMap(Optional::stream)
                .flatMap(part -> Magnitude.outOfUse(part).stream())
                .forEach(out::add);
        if (arrays.get("x_train").kind() == 'u') {
            out.add(file
                    + ": x_train is uint8; its numbers are fed as they are, 0 to 255. For a network that takes 0 to 1 save"
                    + " x.astype('float32') / 255.");
        }
        boolean[] shown = new boolean[data.classes().size()];
        IntStream.range(0, data.train().size()).forEach(i -> shown[data.train().label(i)] = true);
        List<String> without = IntStream.range(0, shown.length)
                .filter(c -> !shown[c])
                .mapToObj(data.classes()::get)
                .toList();
        if (!without.isEmpty()) {
            out.add(file + ": y_train has no example of " + without.size() + " of the " + shown.length + " classes ("
                    + String.join(", ", without.subList(0, Math.min(10, without.size())))
                    + (without.size() > 10 ? ", …" : "")
                    + "). If that is not meant, number the classes from 0 without gaps.");
        }
        return out;
    }

    private DataSet dataSet(DataOptions options) {
        List<String> judged = Stream.of("val", "test")
                .filter(part -> arrays.containsKey("x_" + part))
                .toList();
        int[] labels = labels("y_train");
        Map<String, int[]> others = new LinkedHashMap<>();
        judged.forEach(part -> others.put(part, labels("y_" + part)));
        List<String> classes = classes(labels, others);
        Fingerprint fingerprint = new Fingerprint();
        fingerprint.add(classes);
        for (String name :
                arrays.keySet().stream().filter(n -> !n.equals("classes")).toList()) {
            fingerprint.add(name + " " + arrays.get(name));
            fingerprint.add(arrays.get(name).data());
        }
        UniformExamples train = examples("train", labels, classes.size());
        Map<String, Examples> parts = new LinkedHashMap<>();
        others.forEach((part, numbers) -> parts.put(part, examples(part, numbers, classes.size())));
        Optional<Examples> test = Optional.ofNullable(parts.get("test"));
        if (parts.containsKey("val")) {
            return new DataSet(
                    file,
                    classes,
                    train,
                    parts.get("val"),
                    test,
                    Encoder.NONE,
                    List.of(),
                    List.of(),
                    fingerprint.hex());
        }
        Set<Integer> val = drawn(train, classes.size(), options);
        Remark drawn = Remark.of(
                Remark.Kind.LAYOUT,
                "There is no x_val: a fifth of x_train is set aside to choose the best epoch by, never x_test, which is"
                        + " judged once, at the end of a run.",
                List.of(file));
        List<Integer> all = IntStream.range(0, train.size()).boxed().toList();
        return new DataSet(
                file,
                classes,
                ChosenExamples.of(
                        train, all.stream().filter(i -> !val.contains(i)).toList()),
                ChosenExamples.of(train, all.stream().filter(val::contains).toList()),
                test,
                Encoder.NONE,
                List.of(),
                List.of(drawn),
                fingerprint.hex());
    }

    private Set<Integer> drawn(UniformExamples train, int classes, DataOptions options) {
        Set<Integer> out = new HashSet<>();
        for (int label = 0; label < classes; label++) {
            int wanted = label;
            List<Integer> ofClass = IntStream.range(0, train.size())
                    .filter(i -> train.label(i) == wanted)
                    .boxed()
                    .toList();
            out.addAll(Split.validation(ofClass, train::name, options.seed(), options.share()));
        }
        if (out.isEmpty()) {
            throw new Refusal(
                    file + ": there is no x_val, and no class of x_train has two examples, of which one could be"
                            + " set aside. Add x_val and y_val.");
        }
        return out;
    }

    private UniformExamples examples(String part, int[] labels, int classes) {
        String name = "x_" + part;
        long[] shape = exampleShape(name, labels.length);
        long[] learnt = exampleShape("x_train", arrays.get("y_train").size());
        if (!Arrays.equals(learnt, shape)) {
            throw new Refusal(file + ": one example of x_train has the shape " + Arrays.toString(learnt) + ", one of "
                    + name + " " + Arrays.toString(shape) + ". Prepare both in the same way.");
        }
        ElementType type = type(name);
        if (type != type("x_train")) {
            throw new Refusal(file + ": x_train is " + arrays.get("x_train") + " but " + name + " is "
                    + arrays.get(name) + ". Save both with one type.");
        }
        return new ArrayExamples(file, name, ClassTargets.equal(labels, classes), shape, type, elements(name, type));
    }

    private int[] labels(String name) {
        Npy array = arrays.get(name);
        boolean flat = array.shape().length == 1 || array.shape().length == 2 && array.shape()[1] == 1;
        if (flat && array.kind() == 'f' && array.width() <= 8) {
            refuseFractions(name, array);
        }
        if (!array.isInteger() || !flat) {
            throw new Refusal(file + ": " + name + " is " + array + ", but must be one whole number per example: the"
                    + " number of its class, counted from 0. " + hint(array));
        }
        if (array.size() == 0) {
            throw new Refusal(file + ": " + name + " is empty. Both parts need examples.");
        }
        int[] labels = new int[array.size()];
        for (int i = 0; i < labels.length; i++) {
            long label = array.integer(i);
            if (label < 0 || label >= MOST_CLASSES) {
                throw new Refusal(
                        file + ": label " + label + " of " + name + "[" + i + "] is out of range. Number the classes"
                                + " from 0" + (label < 0 ? "." : "; up to " + MOST_CLASSES + " are possible."));
            }
            labels[i] = (int) label;
        }
        return labels;
    }

    /** Labels that are no classes at all are another mistake than classes saved as floats. */
    private void refuseFractions(String name, Npy array) {
        for (int i = 0; i < array.size(); i++) {
            double label = array.number(i);
            if (label != Math.rint(label) || Double.isInfinite(label)) {
                throw new Refusal(
                        file + ": " + name + "[" + i + "] is " + label + ", which is the number of no class. Labels"
                                + " are whole numbers from 0; Graft learns classes, not quantities.");
            }
        }
    }

    private static String hint(Npy labels) {
        return labels.shape().length == 2 ? "For one-hot rows save y.argmax(1)." : "Save it with y.astype('int64').";
    }

    private List<String> classes(int[] train, Map<String, int[]> others) {
        int largest = Stream.concat(Stream.of(train), others.values().stream())
                .flatMapToInt(Arrays::stream)
                .max()
                .getAsInt();
        List<String> names = new ArrayList<>();
        Npy named = arrays.get("classes");
        if (named != null) {
            boolean text = named.kind() == 'U' || named.kind() == 'S';
            if (!text && !named.isInteger()) {
                throw new Refusal(file + ": classes is " + named + ", but must be one name per class. Save it with"
                        + " numpy.array([…], dtype=str).");
            }
            IntStream.range(0, named.size())
                    .mapToObj(i -> text ? named.text(i) : Long.toString(named.integer(i)))
                    .forEach(names::add);
            refuseRepeated(names);
            if (largest >= names.size()) {
                throw new Refusal(file + ": label " + largest + " is out of range: classes names " + names.size()
                        + " classes. Add the missing names, or number the classes from 0.");
            }
        } else {
            IntStream.rangeClosed(0, largest).mapToObj(Integer::toString).forEach(names::add);
        }
        boolean[] known = new boolean[names.size()];
        for (int label : train) {
            known[label] = true;
        }
        others.forEach((part, labels) -> {
            for (int label : labels) {
                if (!known[label]) {
                    throw new Refusal(file + ": y_" + part + " has class " + names.get(label)
                            + ", of which y_train has no example. Move some of its examples to train, or remove it.");
                }
            }
        });
        if (Arrays.stream(train).distinct().count() < 2) {
            throw new Refusal(file + " has examples of one class only (" + names.get(train[0])
                    + "). There is nothing to tell apart: add examples of at least one other class.");
        }
        return List.copyOf(names);
    }

    private void refuseRepeated(List<String> names) {
        for (int i = 0; i < names.size(); i++) {
            int first = names.indexOf(names.get(i));
            if (first < i) {
                throw new Refusal(file + ": classes gives the classes " + first + " and " + i + " one name, \""
                        + names.get(i) + "\". Give each a name of its own.");
            }
        }
    }

    private long[] exampleShape(String name, int labels) {
        long[] shape = arrays.get(name).shape();
        if (shape.length < 2 || shape[0] != labels) {
            throw new Refusal(file + ": " + name + " has the shape " + Arrays.toString(shape) + ", but must be ["
                    + labels + ", …]: one entry for each of the " + labels + " labels in y" + name.substring(1) + ".");
        }
        long[] example = Arrays.copyOfRange(shape, 1, shape.length);
        if (Arrays.stream(example).anyMatch(axis -> axis == 0)) {
            throw new Refusal(file + ": the examples of " + name + " are empty, of shape " + Arrays.toString(example)
                    + ". Save them again.");
        }
        return example;
    }

    private ElementType type(String name) {
        return numbers(name).type();
    }

    private ByteBuffer elements(String name, ElementType type) {
        ByteBuffer out = numbers(name).elements(type);
        numbers(name).requireFinite(out, type);
        return out;
    }

    private ArrayNumbers numbers(String name) {
        return new ArrayNumbers(file, name, arrays.get(name));
    }
}
