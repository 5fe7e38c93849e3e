package graft.deploy;

import graft.Refusal;
import graft.deploy.ClientProgram.Words;
import graft.image.Layout;
import graft.image.Preprocessing;
import graft.meaning.Classifier;
import graft.onnx.ElementType;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Programs that load pictures and prepare them as the network learnt them. */
final class PictureClient {
    private static final String EXAMPLE = " picture.jpg";

    private PictureClient() {}

    /** @throws Refusal where the file does not note how its pictures are prepared, or takes numbers that the programs do not know */
    static List<ClientProgram> of(Classifier network) {
        ClientClasses classes = ClientClasses.of(network);
        Path file = network.file();
        Preprocessing how = Preprocessing.fromMetadata(network.original().metadata())
                .orElseThrow(
                        () -> new Refusal(
                                file + " does not note how its pictures are prepared, so there is no program"
                                        + " that does it. Fine-tune it, or deploy it with --size, --mean, --std and --scale as it needs."));
        ElementType type = network.input().type().orElse(ElementType.FLOAT);
        if (type != ElementType.FLOAT && type != ElementType.UINT8) {
            throw new Refusal(file + " takes " + type + ", for which there is no program. Export it with an input"
                    + " of float numbers.");
        }
        boolean whole = type == ElementType.UINT8;
        int batch = network.fixedBatch().orElse(1);
        boolean first = how.layout() == Layout.NCHW;
        int bands = how.channels().count();
        String sides =
                number(how.resizing().height()) + ", " + number(how.resizing().width());
        Words words = new Words()
                .quoted("FILE", file.getFileName().toString())
                .quoted("INPUT", network.input().name())
                .quoted("OUTPUT", network.answer().output())
                .put("HEIGHT", how.height())
                .put("WIDTH", how.width())
                .put("SCALE", how.scale())
                .put("MEAN", numbers(how.mean(), ""))
                .put("STD", numbers(how.std(), ""))
                .put("JAVA_MEAN", numbers(how.mean(), "f"))
                .put("JAVA_STD", numbers(how.std(), "f"))
                .put("CHANNELS", how.channels().name().toLowerCase(Locale.ROOT))
                .truth("FIRST", first)
                .put("BATCH", batch)
                .put("NUMPY", whole ? "uint8" : "float32")
                .put("JS_TYPE", whole ? "uint8" : "float32")
                .put("JS_CONVERT", whole ? "Uint8Array.from(pixels, Math.round)" : "pixels")
                .put(
                        "JAVA_TENSOR",
                        whole
                                ? "OnnxTensor.createTensor(\n"
                                        + "                                env, bytes(prepared(new File(picture))), SHAPE,"
                                        + " ai.onnxruntime.OnnxJavaType.UINT8)"
                                : "OnnxTensor.createTensor(env, FloatBuffer.wrap(prepared(new File(picture))), SHAPE)")
                .put(
                        "SHAPE",
                        first
                                ? batch + ", " + bands + ", " + how.height() + ", " + how.width()
                                : batch + ", " + how.height() + ", " + how.width() + ", " + bands);
        if (how.resizing().stretched()) {
            words.each("COVER", "None", "null", "null");
        } else {
            words.each("COVER", "(" + sides + ")", "{" + sides + "}", "[" + sides + "]");
        }
        classes.putInto(words);
        return List.of(
                ClientProgram.of(
                        "Python",
                        "pictures.py",
                        "client.py",
                        "pip install onnxruntime pillow numpy",
                        "python client.py" + EXAMPLE,
                        words),
                ClientProgram.of(
                        "Java",
                        "pictures.java.txt",
                        "Classify.java",
                        "com.microsoft.onnxruntime:onnxruntime in libs/, and JDK 17 or newer",
                        "java -cp \"libs/*\" Classify.java" + EXAMPLE,
                        words),
                ClientProgram.of(
                        "JavaScript",
                        "pictures.mjs",
                        "client.mjs",
                        "npm install onnxruntime-node sharp",
                        "node client.mjs" + EXAMPLE,
                        words));
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
