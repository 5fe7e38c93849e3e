package graft.deploy;

import graft.Refusal;
import graft.data.ClassNames;
import graft.files.Json;
import graft.image.Channels;
import graft.image.Layout;
import graft.image.Preprocessing;
import graft.meaning.Answer;
import graft.meaning.Classifier;
import graft.meaning.Reading;
import graft.onnx.ElementType;
import graft.onnx.ValueInfo;
import graft.task.Task;
import graft.text.TextInputs;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A program that loads pictures, prepares them exactly as the network learnt them, asks a shipped network and prints each class
 * with its probability. Its text lies beside this class as {@code client.*}.
 *
 * @param byLanguage the program, by the language's name
 */
public record ClientCode(Map<String, String> byLanguage) {
    private static final String JAVA_NAMES = "Pattern.compile(\"\\\"((?:[^\\\"\\\\\\\\]|\\\\\\\\.)*)\\\"\")\n"
            + "                    .matcher(net.getMetadata().getCustomMetadata().get(\"" + ClassNames.KEY + "\"))\n"
            + "                    .results()\n"
            + "                    .map(name -> name.group(1).replaceAll(\"\\\\\\\\(.)\", \"$1\"))\n"
            + "                    .toList()";

    /**
     * For a file, with what it notes on preparation and classes.
     *
     * @throws Refusal where it is asked about something else than pictures, answers with no classes, notes no preparation, or takes
     *     numbers that the programs do not know
     */
    public static ClientCode of(Path file) {
        Classifier network = Classifier.read(file, Reading.USUAL);
        requirePicturesOfClasses(network);
        Preprocessing how = Preprocessing.fromMetadata(network.original().metadata())
                .orElseThrow(
                        () -> new Refusal(
                                file + " does not note how its pictures are prepared, so there is no program"
                                        + " that does it. Fine-tune it, or deploy it with --size, --mean, --std and --scale as it needs."));
        return of(network, how);
    }

    private static void requirePicturesOfClasses(Classifier network) {
        Path file = network.file();
        if (TextInputs.areOf(network.original().graph())) {
            throw new Refusal(
                    file + " reads texts, and the programs are for pictures: none of them cuts texts into tokens."
                            + " Ask it with `graft predict --network " + file
                            + " TEXTS.csv`, or in a program of your own cut texts"
                            + " with the tokenizer.json that lies beside it.");
        }
        Map<String, String> notes = network.original().metadata();
        if (notes.containsKey(Task.NOTE) && !notes.containsKey(ClassNames.KEY)) {
            throw new Refusal(file + " was trained for " + notes.get(Task.NOTE) + " and answers with numbers, not with"
                    + " classes, and the programs print classes. Ask it with `graft predict --network " + file
                    + " INPUT`, or read its output " + network.answer().output() + " in a program of your own.");
        }
    }

    static ClientCode of(Classifier network, Preprocessing how) {
        Answer answer = network.answer();
        if (network.isChanged() || answer.isLabel()) {
            throw new Refusal(
                    network.file() + " does not answer with scores as it is (" + String.join(" ", network.lines())
                            + "). Deploy it first, or export it with its scores as output.");
        }
        ElementType type = network.input().type().orElse(ElementType.FLOAT);
        if (type != ElementType.FLOAT && type != ElementType.UINT8) {
            throw new Refusal(network.file() + " takes " + type
                    + ", for which there is no program. Export it with an input" + " of float numbers.");
        }
        Map<String, String> words = new LinkedHashMap<>();
        int batch = network.fixedBatch().orElse(1);
        boolean cover = !how.resizing().stretched();
        String sides =
                number(how.resizing().height()) + ", " + number(how.resizing().width());
        boolean first = how.layout() == Layout.NCHW;
        int bands = how.channels().count();
        quoted(words, "FILE", network.file().getFileName().toString());
        quoted(words, "INPUT", network.input().name());
        quoted(words, "OUTPUT", answer.output());
        words.put("HEIGHT", Integer.toString(how.height()));
        words.put("WIDTH", Integer.toString(how.width()));
        words.put("PY_COVER", cover ? "(" + sides + ")" : "None");
        words.put("JAVA_COVER", cover ? "{" + sides + "}" : "null");
        words.put("JS_COVER", cover ? "[" + sides + "]" : "null");
        words.put("SCALE", Float.toString(how.scale()));
        words.put("MEAN", numbers(how.mean(), ""));
        words.put("STD", numbers(how.std(), ""));
        words.put("JAVA_MEAN", numbers(how.mean(), "f"));
        words.put("JAVA_STD", numbers(how.std(), "f"));
        words.put("CHANNELS", how.channels().name().toLowerCase(Locale.ROOT));
        words.put("FIRST", Boolean.toString(first));
        words.put("PY_FIRST", first ? "True" : "False");
        words.put("BATCH", Integer.toString(batch));
        words.put("NUMPY", type == ElementType.FLOAT ? "float32" : "uint8");
        words.put("JS_TYPE", type == ElementType.FLOAT ? "float32" : "uint8");
        words.put("JS_CONVERT", type == ElementType.FLOAT ? "pixels" : "Uint8Array.from(pixels, Math.round)");
        words.put(
                "JAVA_TENSOR",
                type == ElementType.FLOAT
                        ? "OnnxTensor.createTensor(env, FloatBuffer.wrap(prepared(new File(picture))), SHAPE)"
                        : "OnnxTensor.createTensor(\n"
                                + "                                env, bytes(prepared(new File(picture))), SHAPE,"
                                + " ai.onnxruntime.OnnxJavaType.UINT8)");
        words.put(
                "SHAPE",
                first
                        ? batch + ", " + bands + ", " + how.height() + ", " + how.width()
                        : batch + ", " + how.height() + ", " + how.width() + ", " + bands);
        classes(words, network, how.channels());
        return new ClientCode(Map.of())
                .with("Python", "client.py", words)
                .with("Java", "client.java.txt", words)
                .with("JavaScript", "client.mjs", words);
    }

    /** From the file's own note where the language's runtime can read it; else written into the program. */
    private static void classes(Map<String, String> words, Classifier network, Channels channels) {
        Optional<List<String>> noted =
                ClassNames.fromMetadata(network.original().metadata());
        List<String> names = noted.orElseGet(() ->
                IntStream.range(0, outputs(network)).mapToObj(i -> "class " + i).toList());
        String list = Json.write(names);
        words.put("JS_CLASSES", list);
        words.put(
                "PY_CLASSES",
                noted.isPresent()
                        ? "json.loads(net.get_modelmeta().custom_metadata_map[\"" + ClassNames.KEY + "\"])"
                        : list);
        words.put(
                "JAVA_CLASSES",
                noted.isPresent() ? JAVA_NAMES : "List.of(" + list.substring(1, list.length() - 1) + ")");
    }

    private static int outputs(Classifier network) {
        List<ValueInfo.Dim> shape = network.model()
                .graph()
                .valueInfo(network.answer().output())
                .flatMap(ValueInfo::shape)
                .orElse(List.of());
        return shape.size() > 1 && shape.get(1).isFixed()
                ? Math.toIntExact(shape.get(1).size())
                : 1000;
    }

    private ClientCode with(String language, String resource, Map<String, String> words) {
        String text;
        try (InputStream in = ClientCode.class.getResourceAsStream(resource)) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (Map.Entry<String, String> word : words.entrySet()) {
            text = text.replace("@" + word.getKey() + "@", word.getValue());
        }
        Map<String, String> out = new LinkedHashMap<>(byLanguage);
        out.put(language, text);
        return new ClientCode(out);
    }

    /** A string of JSON is one of Python, Java and JavaScript too. */
    private static void quoted(Map<String, String> words, String key, String value) {
        for (String language : List.of("PY_", "JAVA_", "JS_")) {
            words.put(language + key, Json.write(value));
        }
    }

    private static String numbers(float[] values, String suffix) {
        return IntStream.range(0, values.length)
                .mapToObj(i -> Float.toString(values[i]) + suffix)
                .collect(Collectors.joining(", "));
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Integer.toString((int) value) : Double.toString(value);
    }
}
