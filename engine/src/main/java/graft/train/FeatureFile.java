package graft.train;

import graft.files.Json;
import graft.inference.Values;
import graft.onnx.ElementType;
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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A memory-mapped file of features: the length of its table, the table as JSON, one byte per record that says whether it is
 * there, then the records, view by view. May be deleted while it is mapped.
 */
final class FeatureFile {
    /** One mapping of the JDK holds at most 2 GiB. */
    private static final long SEGMENT = 1L << 30;

    private static final int LENGTH_BYTES = 8;
    /** Records begin at a multiple of this, as processors like floats to. */
    private static final int ALIGNMENT = 64;

    private static final int LONGEST_TABLE = 1 << 30;

    private final FeatureTable table;
    private final int record;
    private final int perSegment;
    private final MappedByteBuffer there;
    private final List<MappedByteBuffer> segments = new ArrayList<>();
    private final Map<String, Integer> positions = new HashMap<>();
    /** Records that are written but not yet said to be there. */
    private final List<Integer> unmarked = new ArrayList<>();

    private FeatureFile(FileChannel channel, FeatureTable table, MapMode mode) throws IOException {
        this.table = table;
        this.record = table.record();
        this.perSegment = Math.toIntExact(Math.max(1, SEGMENT / record));
        for (int i = 0; i < table.count(); i++) {
            positions.put(table.keys().get(i), i);
        }
        int records = Math.multiplyExact(table.count(), table.views());
        there = channel.map(mode, start(table) - records - padding(table), records);
        for (long from = 0; from < records; from += perSegment) {
            long length = Math.min(perSegment, records - from) * record;
            segments.add(channel.map(mode, start(table) + from * record, length));
        }
    }

    private static int padding(FeatureTable table) {
        long before = LENGTH_BYTES + table.toBytes().length + (long) table.count() * table.views();
        return (int) (-before & ALIGNMENT - 1);
    }

    private static long start(FeatureTable table) {
        return LENGTH_BYTES + table.toBytes().length + (long) table.count() * table.views() + padding(table);
    }

    private static long size(FeatureTable table) {
        return start(table) + table.bytes();
    }

    /** Where an empty file was given, one to be filled; else what is there, or empty if that is not of this table. */
    static Optional<FeatureFile> toFill(FileChannel channel, FeatureTable table) throws IOException {
        if (channel.size() == 0) {
            byte[] bytes = table.toBytes();
            ByteBuffer head = ByteBuffer.allocate(LENGTH_BYTES + bytes.length);
            head.putLong(bytes.length).put(bytes).flip();
            channel.write(ByteBuffer.allocate(1), size(table) - 1);
            channel.write(head, 0);
            channel.force(true);
        }
        return holds(channel, table)
                ? Optional.of(new FeatureFile(channel, table, MapMode.READ_WRITE))
                : Optional.empty();
    }

    /** The file of this table if all of its records are there. */
    static Optional<FeatureFile> whole(Path file, FeatureTable table) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return holds(channel, table)
                    ? Optional.of(new FeatureFile(channel, table, MapMode.READ_WRITE))
                            .filter(FeatureFile::isWhole)
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
            return holds(channel, table)
                    ? Optional.of(new FeatureFile(channel, table, MapMode.READ_ONLY))
                    : Optional.empty();
        } catch (NoSuchFileException | IllegalArgumentException gone) {
            // Another process deletes and replaces files whenever it likes; then the features are computed.
            return Optional.empty();
        }
    }

    private static boolean holds(FileChannel channel, FeatureTable table) throws IOException {
        return channel.size() == size(table)
                && tableBytes(channel)
                        .filter(bytes -> java.util.Arrays.equals(bytes, table.toBytes()))
                        .isPresent();
    }

    private static Optional<byte[]> tableBytes(FileChannel channel) throws IOException {
        ByteBuffer length = ByteBuffer.allocate(LENGTH_BYTES);
        if (channel.read(length, 0) < LENGTH_BYTES) {
            return Optional.empty();
        }
        long bytes = length.getLong(0);
        if (bytes < 1 || bytes > LONGEST_TABLE || bytes > channel.size()) {
            return Optional.empty();
        }
        ByteBuffer table = ByteBuffer.allocate((int) bytes);
        while (table.hasRemaining() && channel.read(table, LENGTH_BYTES + table.position()) > 0) {
            continue;
        }
        return Optional.of(table.array());
    }

    FeatureTable table() {
        return table;
    }

    /** Where an example stands in this file. */
    Optional<Integer> position(String key) {
        return Optional.ofNullable(positions.get(key));
    }

    boolean isThere(int position, long view) {
        long number = view - table.firstView();
        return number >= 0 && number < table.views() && there.get(number(position, view)) == 1;
    }

    private boolean isWhole() {
        for (int i = 0; i < there.capacity(); i++) {
            if (there.get(i) != 1) {
                return false;
            }
        }
        return true;
    }

    private int number(int position, long view) {
        return Math.toIntExact((view - table.firstView()) * table.count() + position);
    }

    /** The bytes of a record, shared with the file. */
    ByteBuffer slot(int position, long view) {
        int number = number(position, view);
        return segments.get(number / perSegment).slice(number % perSegment * record, record);
    }

    /** Takes a record over; {@link #mark} then says that it is there. */
    void put(int position, long view, ByteBuffer from) {
        slot(position, view).put(from);
        unmarked.add(number(position, view));
    }

    /** Takes the {@code i}-th of {@code count} examples of a batch over. */
    void put(int position, long view, Map<String, Values> batch, int i, int count) {
        ByteBuffer to = slot(position, view);
        for (String name : table.shapes().keySet()) {
            ByteBuffer all = batch.get(name).data();
            int bytes = all.remaining() / count;
            to.put(all.slice(all.position() + i * bytes, bytes));
        }
        unmarked.add(number(position, view));
    }

    /** What says that records are there goes to the disk after them. */
    void mark() {
        segments.forEach(MappedByteBuffer::force);
        unmarked.forEach(number -> there.put(number, (byte) 1));
        unmarked.clear();
        there.force();
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
