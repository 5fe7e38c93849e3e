package graft.features;

import graft.files.Json;
import graft.onnx.ElementType;
import graft.onnx.Values;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A file of features: what it is, the length and the checksum of its table, the table as JSON, for each record whether it is
 * there and its checksum, then the records, view by view. Read through a mapping, and may be deleted while it is mapped; written
 * through its channel, for a full disk is an exception there and a fault of memory in a mapping.
 */
final class FeatureFile {
    private static final byte[] MAGIC = "GraftF03".getBytes(StandardCharsets.US_ASCII);
    /** What it is, length of the table, checksum of the table. */
    private static final int HEAD_BYTES = 16;

    /** One mapping of the JDK holds at most 2 GiB. */
    private static final long SEGMENT = 1L << 30;
    /** Records begin at a multiple of this, as processors like floats to. */
    private static final int ALIGNMENT = 64;

    private static final int LONGEST_TABLE = 1 << 30;
    /** Above the checksum of a record that is there. */
    private static final long THERE = 1L << 32;

    private final FeatureTable table;
    private final int record;
    private final int perSegment;
    private final Layout layout;
    private final List<MappedByteBuffer> segments = new ArrayList<>();
    private final Map<String, Integer> positions = new HashMap<>();
    /** By record: 0, or {@link #THERE} and the checksum. */
    private final ByteBuffer marks;
    /** Records whose bytes were held against their checksums, and those of them that were right. */
    private final BitSet compared = new BitSet();

    private final BitSet right = new BitSet();
    private int damaged;
    private Optional<Filling> filling = Optional.empty();

    /** Where the parts of a file lie. */
    private record Layout(long marks, long records, long end) {
        static Layout of(FeatureTable table, int tableBytes) {
            long marks = aligned(HEAD_BYTES + (long) tableBytes);
            long records = aligned(marks + (long) table.count() * table.views() * Long.BYTES);
            return new Layout(marks, records, records + table.bytes());
        }

        private static long aligned(long offset) {
            return offset + (-offset & ALIGNMENT - 1);
        }
    }

    /** What is needed to write; {@code unmarked} are the records that are written but not yet said to be there. */
    private record Filling(FileChannel channel, ByteBuffer record, BitSet unmarked) {}

    private FeatureFile(FileChannel channel, FeatureTable table) throws IOException {
        this.table = table;
        this.record = table.record();
        this.perSegment = Math.toIntExact(Math.max(1, SEGMENT / record));
        this.layout = Layout.of(table, table.toBytes().length);
        for (int i = 0; i < table.count(); i++) {
            positions.put(table.keys().get(i), i);
        }
        int records = Math.multiplyExact(table.count(), table.views());
        marks = ByteBuffer.allocate(Math.multiplyExact(records, Long.BYTES));
        readFully(channel, marks, layout.marks());
        for (long from = 0; from < records; from += perSegment) {
            long length = Math.min(perSegment, records - from) * record;
            segments.add(channel.map(MapMode.READ_ONLY, layout.records() + from * record, length));
        }
    }

    /**
     * Where an empty file was given, one to be filled; else what is there, or empty if that is not of this table. The channel
     * stays open as long as the file is filled.
     */
    static Optional<FeatureFile> toFill(FileChannel channel, FeatureTable table) throws IOException {
        if (channel.size() == 0) {
            byte[] bytes = table.toBytes();
            ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES + bytes.length);
            head.put(MAGIC)
                    .putInt(bytes.length)
                    .putInt(checksum(bytes))
                    .put(bytes)
                    .flip();
            writeFully(
                    channel,
                    ByteBuffer.allocate(1),
                    Layout.of(table, bytes.length).end() - 1);
            writeFully(channel, head, 0);
            channel.force(true);
        }
        if (!holds(channel, table)) {
            return Optional.empty();
        }
        FeatureFile file = new FeatureFile(channel, table);
        file.filling = Optional.of(new Filling(channel, ByteBuffer.allocateDirect(file.record), new BitSet()));
        return Optional.of(file);
    }

    /** The file of this table if all of its records are there and undamaged. */
    static Optional<FeatureFile> whole(Path file, FeatureTable table) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return holds(channel, table)
                    ? Optional.of(new FeatureFile(channel, table)).filter(FeatureFile::isWhole)
                    : Optional.empty();
        } catch (NoSuchFileException nothingKept) {
            return Optional.empty();
        }
    }

    /** A file of any table, to take records from: finished or still being filled. Empty if it is damaged or gone. */
    static Optional<FeatureFile> toRead(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            Optional<byte[]> bytes = tableBytes(channel);
            if (bytes.isEmpty()) {
                return Optional.empty();
            }
            FeatureTable table = Json.read(new String(bytes.get(), StandardCharsets.UTF_8), FeatureTable.class);
            return holds(channel, table) ? Optional.of(new FeatureFile(channel, table)) : Optional.empty();
        } catch (NoSuchFileException | IllegalArgumentException gone) {
            // Another process deletes and replaces files whenever it likes; then the features are computed.
            return Optional.empty();
        }
    }

    private static boolean holds(FileChannel channel, FeatureTable table) throws IOException {
        byte[] wanted = table.toBytes();
        return channel.size() == Layout.of(table, wanted.length).end()
                && tableBytes(channel)
                        .filter(bytes -> Arrays.equals(bytes, wanted))
                        .isPresent();
    }

    private static Optional<byte[]> tableBytes(FileChannel channel) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES);
        byte[] magic = new byte[MAGIC.length];
        if (!readFully(channel, head, 0)
                || !Arrays.equals(head.get(0, magic).array(), 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            return Optional.empty();
        }
        int length = head.getInt(MAGIC.length);
        if (length < 1 || length > LONGEST_TABLE || length > channel.size()) {
            return Optional.empty();
        }
        ByteBuffer table = ByteBuffer.allocate(length);
        return readFully(channel, table, HEAD_BYTES)
                        && checksum(table.array()) == head.getInt(MAGIC.length + Integer.BYTES)
                ? Optional.of(table.array())
                : Optional.empty();
    }

    /** False where the file ends before. */
    private static boolean readFully(FileChannel channel, ByteBuffer to, long from) throws IOException {
        while (to.hasRemaining()) {
            if (channel.read(to, from + to.position()) <= 0) {
                return false;
            }
        }
        return true;
    }

    private static void writeFully(FileChannel channel, ByteBuffer data, long to) throws IOException {
        int begin = data.position();
        while (data.hasRemaining()) {
            channel.write(data, to + data.position() - begin);
        }
    }

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    /** Of a record and of what it is the record of, so that bytes in a wrong place are noticed too. */
    private long mark(int number, ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(table.keys().get(number % table.count()).getBytes(StandardCharsets.UTF_8));
        crc.update(ByteBuffer.allocate(Long.BYTES).putLong(0, table.firstView() + number / table.count()));
        crc.update(bytes.duplicate());
        return THERE | crc.getValue();
    }

    FeatureTable table() {
        return table;
    }

    /** Records that were found to be other than they were written. */
    int damaged() {
        return damaged;
    }

    /** Where an example stands in this file. */
    Optional<Integer> position(String key) {
        return Optional.ofNullable(positions.get(key));
    }

    /** Whether a record is there and undamaged; its bytes are read when this is asked first. */
    boolean isThere(int position, long view) {
        long number = view - table.firstView();
        return number >= 0 && number < table.views() && isThere(number(position, view));
    }

    private boolean isThere(int number) {
        if (!compared.get(number)) {
            compared.set(number);
            long mark = marks.getLong(number * Long.BYTES);
            boolean same = mark != 0 && mark == mark(number, slot(number));
            right.set(number, same);
            damaged += mark != 0 && !same ? 1 : 0;
        }
        return right.get(number);
    }

    private boolean isWhole() {
        boolean whole = true;
        for (int number = 0; whole && number < table.count() * table.views(); number++) {
            whole = isThere(number);
        }
        return whole;
    }

    private int number(int position, long view) {
        return Math.toIntExact((view - table.firstView()) * table.count() + position);
    }

    private ByteBuffer slot(int number) {
        return segments.get(number / perSegment).slice(number % perSegment * record, record);
    }

    /** The bytes of a record, shared with the file. */
    ByteBuffer slot(int position, long view) {
        return slot(number(position, view));
    }

    /** Takes a record over; {@link #mark()} then says that it is there. */
    void put(int position, long view, ByteBuffer from) throws IOException {
        Filling to = filling.orElseThrow();
        int number = number(position, view);
        marks.putLong(number * Long.BYTES, mark(number, from));
        writeFully(to.channel, from, layout.records() + (long) number * record);
        to.unmarked.set(number);
    }

    /** Takes the {@code i}-th of {@code count} examples of a batch over. */
    void put(int position, long view, Map<String, Values> batch, int i, int count) throws IOException {
        ByteBuffer one = filling.orElseThrow().record.clear();
        for (String name : table.shapes().keySet()) {
            ByteBuffer all = batch.get(name).data();
            int bytes = all.remaining() / count;
            one.put(all.slice(all.position() + i * bytes, bytes));
        }
        put(position, view, one.flip());
    }

    /** What says that records are there goes to the disk after them. */
    void mark() throws IOException {
        Filling to = filling.orElseThrow();
        if (to.unmarked.isEmpty()) {
            return;
        }
        to.channel.force(false);
        int from = to.unmarked.nextSetBit(0) * Long.BYTES;
        int length = to.unmarked.length() * Long.BYTES - from;
        writeFully(to.channel, marks.slice(from, length), layout.marks() + from);
        to.channel.force(false);
        compared.or(to.unmarked);
        right.or(to.unmarked);
        to.unmarked.clear();
    }

    /** Some records as a batch, copied. */
    Map<String, Values> batch(int[] positions, long view) {
        Map<String, Values> out = new LinkedHashMap<>();
        int offset = 0;
        for (Map.Entry<String, long[]> entry : table.shapes().entrySet()) {
            int bytes = FeatureTable.bytes(entry.getValue());
            ByteBuffer data = ByteBuffer.allocateDirect(Math.multiplyExact(bytes, positions.length));
            for (int position : positions) {
                data.put(slot(position, view).slice(offset, bytes));
            }
            offset += bytes;
            long[] shape = new long[entry.getValue().length + 1];
            shape[0] = positions.length;
            System.arraycopy(entry.getValue(), 0, shape, 1, shape.length - 1);
            out.put(
                    entry.getKey(),
                    new Values(ElementType.FLOAT, shape, data.flip().order(ByteOrder.LITTLE_ENDIAN)));
        }
        return out;
    }

    /** All records of a view one after another, shared with the file; empty where one mapping does not hold them. */
    Optional<ByteBuffer> view(long view) {
        if (segments.size() != 1) {
            return Optional.empty();
        }
        int bytes = Math.multiplyExact(table.count(), record);
        return Optional.of(segments.get(0)
                .slice(Math.toIntExact((view - table.firstView()) * bytes), bytes)
                .order(ByteOrder.LITTLE_ENDIAN));
    }
}
