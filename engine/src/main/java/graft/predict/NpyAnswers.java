package graft.predict;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Answers that are numbers as one array of NumPy's file format, version 1: float32, little-endian, a row for each input in C order.
 * How many rows there are is known once all of them are, and stands before them: until then they lie in a file of their own.
 */
final class NpyAnswers implements AnswerWriter {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    /** NumPy reads the keys in any order and writes {@code descr} first: a file that begins so is none of NumPy's. */
    private static final String OURS = "{'shape': (";
    /** Magic and header together are a multiple of it. */
    private static final int ALIGNED = 64;

    private final OutputStream out;
    private Path aside;
    private OutputStream rows;
    private int width;
    private long count;

    /** {@code out} stays open. */
    NpyAnswers(OutputStream out) {
        this.out = out;
    }

    /** Whether bytes begin as such a file does. */
    static boolean begins(byte[] bytes) {
        int from = MAGIC.length + Short.BYTES;
        byte[] ours = OURS.getBytes(StandardCharsets.US_ASCII);
        return bytes.length >= from + ours.length
                && Arrays.equals(Arrays.copyOf(bytes, MAGIC.length), MAGIC)
                && Arrays.equals(Arrays.copyOfRange(bytes, from, from + ours.length), ours);
    }

    @Override
    public void begin(Layout layout) throws IOException {
        width = layout.numbers().size();
        aside = Files.createTempFile("graft-rows", null);
        aside.toFile().deleteOnExit();
        rows = new java.io.BufferedOutputStream(Files.newOutputStream(aside), 1 << 16);
    }

    @Override
    public void write(Said said) throws IOException {
        ByteBuffer row = ByteBuffer.allocate(Float.BYTES * width).order(ByteOrder.LITTLE_ENDIAN);
        row.asFloatBuffer().put(said.numbers());
        rows.write(row.array());
        count++;
    }

    @Override
    public void end() throws IOException {
        rows.close();
        try {
            out.write(header(count, width));
            Files.copy(aside, out);
        } finally {
            Files.delete(aside);
        }
    }

    private static byte[] header(long rows, int width) {
        String keys = OURS + rows + ", " + width + "), 'fortran_order': False, 'descr': '<f4', }";
        int before = MAGIC.length + Short.BYTES;
        int padding = ALIGNED - (before + keys.length() + 1) % ALIGNED;
        byte[] text = (keys + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        try {
            header.write(MAGIC);
            header.write(ByteBuffer.allocate(Short.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putShort((short) text.length)
                    .array());
            header.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException("an array in memory cannot be written", e);
        }
        return header.toByteArray();
    }
}
