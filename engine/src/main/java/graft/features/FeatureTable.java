package graft.features;

import graft.data.Examples;
import graft.files.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a file of kept features holds. A record (view, example) is the same in every file whose {@code how} and {@code frozen}
 * are the same, so one file may be filled from another.
 *
 * @param how hash of all that decides a record beside the frozen part and the example
 * @param frozen hash of the part of the network that computes the features, its tensors included
 * @param shapes of one example's features by tensor name, without the batch axis; floats
 * @param firstView 0 = as validation sees the examples, from 1 on = augmented
 * @param keys of the examples, in their order
 */
record FeatureTable(
        String how, String frozen, Map<String, long[]> shapes, long firstView, int views, List<String> keys) {
    private static final int NAME_LENGTH = 32;

    /** Of whole examples. */
    static FeatureTable of(
            String how, String frozen, Map<String, long[]> shapes, long firstView, int views, Examples examples) {
        return new FeatureTable(how, frozen, shapes, firstView, views, keys(examples));
    }

    /** What examples are called. */
    static List<String> keys(Examples examples) {
        return IntStream.range(0, examples.size()).mapToObj(examples::key).toList();
    }

    int count() {
        return keys.size();
    }

    /** Bytes of one record: the tensors one after another, each row by row. */
    int record() {
        return shapes.values().stream().mapToInt(FeatureTable::bytes).reduce(0, Math::addExact);
    }

    static int bytes(long[] shape) {
        return Math.toIntExact(4 * Arrays.stream(shape).reduce(1, Math::multiplyExact));
    }

    /** Bytes of all records. */
    long bytes() {
        return (long) record() * count() * views;
    }

    byte[] toBytes() {
        return Json.write(this).getBytes(StandardCharsets.UTF_8);
    }

    /** Begins with what files that can fill each other have in common. */
    String fileName() {
        return common(how) + common(frozen) + FeatureKey.of(toBytes()).substring(0, NAME_LENGTH) + FeatureFolder.ENDING;
    }

    /** How the names of all files begin whose records are made in this way. */
    static String common(String hash) {
        return hash.substring(0, NAME_LENGTH) + "-";
    }
}
