package graft.testdata;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Writes labelled examples as NumPy does: {@code .npy} version 1.0 members in a zip. */
public final class NpzFiles {
    private NpzFiles() {}

    /** Seeded examples of shape {@code [3, 8, 8]} in four classes that differ in their mean. */
    public static Path examples(Path file, int train, int val) throws IOException {
        Map<String, Integer> parts = new LinkedHashMap<>();
        parts.put("train", train);
        parts.put("val", val);
        return examples(file, parts);
    }

    /** As above, for the parts and their sizes in the order given. */
    public static Path examples(Path file, Map<String, Integer> parts) throws IOException {
        Random random = new Random(3);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (String split : parts.keySet()) {
                int count = parts.get(split);
                float[] x = new float[count * 3 * TinyNetworks.SIZE * TinyNetworks.SIZE];
                long[] y = new long[count];
                for (int i = 0; i < count; i++) {
                    y[i] = random.nextInt(4);
                    for (int j = 0; j < x.length / count; j++) {
                        x[i * (x.length / count) + j] = (float) random.nextGaussian() + (j % 4 == y[i] ? 0.6f : 0);
                    }
                }
                ByteBuffer floats = ByteBuffer.allocate(x.length * 4).order(ByteOrder.LITTLE_ENDIAN);
                floats.asFloatBuffer().put(x);
                member(zip, "x_" + split, "<f4", floats, count, 3, TinyNetworks.SIZE, TinyNetworks.SIZE);
                ByteBuffer longs = ByteBuffer.allocate(count * 8).order(ByteOrder.LITTLE_ENDIAN);
                longs.asLongBuffer().put(y);
                member(zip, "y_" + split, "<i8", longs, count);
            }
        }
        return file;
    }

    /** One number per example, in two classes; the same to learn from and to judge by. */
    public static Path numbers(Path file, List<Float> values) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (String split : new String[] {"train", "val"}) {
                ByteBuffer floats = ByteBuffer.allocate(values.size() * 4).order(ByteOrder.LITTLE_ENDIAN);
                values.forEach(floats::putFloat);
                member(zip, "x_" + split, "<f4", floats, values.size(), 1);
                ByteBuffer longs = ByteBuffer.allocate(values.size() * 8).order(ByteOrder.LITTLE_ENDIAN);
                for (int i = 0; i < values.size(); i++) {
                    longs.putLong(i % 2);
                }
                member(zip, "y_" + split, "<i8", longs, values.size());
            }
        }
        return file;
    }

    /** Rows of numbers and their classes, by part. */
    public static Path rows(Path file, Map<String, float[][]> rows, Map<String, int[]> labels) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (String split : rows.keySet()) {
                float[][] x = rows.get(split);
                ByteBuffer floats =
                        ByteBuffer.allocate(x.length * x[0].length * 4).order(ByteOrder.LITTLE_ENDIAN);
                for (float[] row : x) {
                    for (float value : row) {
                        floats.putFloat(value);
                    }
                }
                member(zip, "x_" + split, "<f4", floats, x.length, x[0].length);
                ByteBuffer longs = ByteBuffer.allocate(x.length * 8).order(ByteOrder.LITTLE_ENDIAN);
                Arrays.stream(labels.get(split)).forEach(longs::putLong);
                member(zip, "y_" + split, "<i8", longs, x.length);
            }
        }
        return file;
    }

    /** Rows of numbers that nobody has labelled. */
    public static Path inputs(Path file, float[][] rows) throws IOException {
        ByteBuffer floats =
                ByteBuffer.allocate(rows.length * rows[0].length * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (float[] row : rows) {
            for (float value : row) {
                floats.putFloat(value);
            }
        }
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            member(zip, "x", "<f4", floats, rows.length, rows[0].length);
        }
        return file;
    }

    /** Adds an array of three ones to a file. */
    public static Path withArray(Path file, String name) throws IOException {
        byte[] before = Files.readAllBytes(file);
        try (ZipInputStream from = new ZipInputStream(new ByteArrayInputStream(before));
                ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
                zip.putNextEntry(new ZipEntry(entry.getName()));
                from.transferTo(zip);
                zip.closeEntry();
            }
            ByteBuffer ones = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
            ones.putFloat(1).putFloat(1).putFloat(1);
            member(zip, name, "<f4", ones, 3);
        }
        return file;
    }

    /** One number per example and its label, both float64; the same to learn from and to judge by. */
    public static Path doubles(Path file, double[] values, double[] labels) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (String split : new String[] {"train", "val"}) {
                ByteBuffer x = ByteBuffer.allocate(values.length * 8).order(ByteOrder.LITTLE_ENDIAN);
                x.asDoubleBuffer().put(values);
                member(zip, "x_" + split, "<f8", x, values.length, 1);
                ByteBuffer y = ByteBuffer.allocate(labels.length * 8).order(ByteOrder.LITTLE_ENDIAN);
                y.asDoubleBuffer().put(labels);
                member(zip, "y_" + split, "<f8", y, labels.length);
            }
        }
        return file;
    }

    private static void member(ZipOutputStream zip, String name, String type, ByteBuffer data, int... shape)
            throws IOException {
        zip.putNextEntry(new ZipEntry(name + ".npy"));
        String dims = Arrays.toString(shape).replace("[", "(").replace("]", shape.length == 1 ? ",)" : ")");
        String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + dims + ", }";
        byte[] text = (header + " ".repeat(117 - header.length()) + "\n").getBytes(StandardCharsets.US_ASCII);
        OutputStream out = zip;
        out.write(
                new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) text.length, (byte) (text.length >> 8)});
        out.write(text);
        out.write(data.array());
        zip.closeEntry();
    }
}
