package graft.quantize;

import graft.Refusal;
import graft.files.AsideFile;
import graft.inference.OrtSession;
import graft.onnx.ElementType;
import graft.onnx.MadeByGraft;
import graft.onnx.Model;
import graft.onnx.OnnxFile;
import graft.onnx.Values;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** A file that gets its name only after ONNX Runtime has opened and run it beside the network it was made from. */
public final class ProvenFile {
    private ProvenFile() {}

    /**
     * Writes a changed form of a network.
     *
     * @param original what it was made from
     * @param example inputs of {@code original}
     * @return the largest difference between float outputs of the two
     * @throws Refusal if the file does not run, answers in other shapes, or with numbers that are not finite where the
     *     original's are; no file of that name is then written or changed
     */
    static double write(Model changed, Path file, Model original, Map<String, Values> example) {
        try (AsideFile aside = AsideFile.of(file)) {
            double difference = write(changed, aside, original, example);
            aside.take();
            return difference;
        }
    }

    /** As the other, to a file that gets its name later. */
    static double write(Model changed, AsideFile file, Model original, Map<String, Values> example) {
        OnnxFile.write(MadeByGraft.note(changed), file);
        Map<String, Values> expected;
        try (OrtSession session = OrtSession.open(original, 0)) {
            expected = session.runForNumbers(example);
        }
        try (OrtSession session = OrtSession.open(file.path(), 0)) {
            return difference(file.file(), expected, session.runForNumbers(example));
        }
    }

    private static double difference(Path file, Map<String, Values> expected, Map<String, Values> actual) {
        double largest = 0;
        for (Map.Entry<String, Values> output : expected.entrySet()) {
            Values was = output.getValue();
            Values is = actual.get(output.getKey());
            if (is == null || is.type() != was.type() || !Arrays.equals(is.shape(), was.shape())) {
                throw new Refusal("The changed network gives " + is + " as its output " + output.getKey() + " where the"
                        + " original gives " + was + "; " + file + " was not written.");
            }
            if (was.type() == ElementType.FLOAT) {
                largest = Math.max(largest, difference(file, output.getKey(), was.floats(), is.floats()));
            }
        }
        return largest;
    }

    private static double difference(Path file, String output, FloatBuffer expected, FloatBuffer actual) {
        double largest = 0;
        for (int i = 0; i < expected.remaining(); i++) {
            float was = expected.get(i);
            float is = actual.get(i);
            if (Float.isNaN(was) || was == Float.POSITIVE_INFINITY) {
                throw new Refusal("The network itself gives " + was + " in its output " + output
                        + ", before anything was"
                        + " changed: its weights or its arithmetic are broken. Take an earlier version of it; " + file
                        + " was not written.");
            }
            if (Float.isFinite(was) && !Float.isFinite(is)) {
                throw new Refusal("The changed network gives " + is + " in its output " + output + " where the original"
                        + " gives " + was + ": its numbers left the range of their type. " + file
                        + " was not written.");
            }
            if (Float.isFinite(was)) {
                largest = Math.max(largest, Math.abs((double) was - is));
            }
        }
        return largest;
    }

    public static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new Refusal("Cannot read " + file + ": " + e + ".", e);
        }
    }
}
