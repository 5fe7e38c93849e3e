package graft.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import graft.Refusal;
import graft.files.AtomicFile;
import graft.inference.Values;
import graft.onnx.ElementType;
import graft.progress.Progress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Features computed once and kept in a memory-mapped file: record (view, example) holds the crossing tensors. A file that is
 * being filled is a {@code .part} whose first bytes count the records that are there; what was begun goes on.
 */
final class CachedFeatures implements Features {
    /** One mapping of the JDK holds at most 2 GiB. */
    private static final long SEGMENT = 1L << 30;
    /** Examples per run of the frozen part. Always the same groups, so that a resumed run sees the same bits. */
    private static final int GROUP = 16;

    /** Bytes before the first record. */
    private static final int HEADER = 64;

    private static final long WAIT_MILLIS = 200;
    /** Records are brought to the disk and counted this often while they are made. */
    private static final long NANOS_BETWEEN_MARKS = 2_000_000_000L;

    private final Map<String, long[]> shapes;
    private final int count;
    private final long firstView;
    private final int record;
    private final int perSegment;
    private final List<MappedByteBuffer> segments = new ArrayList<>();

    private final MappedByteBuffer header;

    private CachedFeatures(FileChannel channel, Map<String, long[]> shapes, int count, long firstView, int views)
            throws IOException {
        this.shapes = shapes;
        this.count = count;
        this.firstView = firstView;
        this.record = recordBytes(shapes);
        this.perSegment = Math.toIntExact(Math.max(1, SEGMENT / record));
        long records = (long) count * views;
        header = channel.map(FileChannel.MapMode.READ_WRITE, 0, HEADER);
        for (long from = 0; from < records; from += perSegment) {
            long length = Math.min(perSegment, records - from) * record;
            segments.add(channel.map(FileChannel.MapMode.READ_WRITE, HEADER + from * record, length));
        }
    }

    private static int recordBytes(Map<String, long[]> shapes) {
        long bytes = 0;
        for (long[] shape : shapes.values()) {
            bytes += 4 * Arrays.stream(shape).reduce(1, Math::multiplyExact);
        }
        return Math.toIntExact(bytes);
    }

    /**
     * Shapes of one example's features, without the batch axis; empty where they are no floats per example, so that
     * they cannot be kept.
     *
     * @param fixedBatch examples that the network insists on; 0 = any number
     */
    static Optional<Map<String, long[]>> shapesPerExample(Features source, int fixedBatch) {
        int asked = fixedBatch > 0 ? fixedBatch : 2;
        Map<String, Values> answer = source.of(new int[asked], 0);
        Map<String, long[]> out = new LinkedHashMap<>();
        for (Map.Entry<String, Values> entry : answer.entrySet()) {
            long[] shape = entry.getValue().shape();
            if (entry.getValue().type() != ElementType.FLOAT || shape.length == 0 || shape[0] != asked) {
                return Optional.empty();
            }
            out.put(entry.getKey(), Arrays.copyOfRange(shape, 1, shape.length));
        }
        return Optional.of(out);
    }

    static long bytes(Map<String, long[]> shapes, int count, int views) {
        return (long) recordBytes(shapes) * count * views;
    }

    /**
     * The features of {@code count} examples in {@code views} views from {@code firstView} on: found in {@code file}, or
     * computed and put there.
     *
     * @param fixedBatch examples that the network insists on; 0 = any number
     * @return empty if cancelled
     */
    static Optional<CachedFeatures> fill(
            Features source,
            Map<String, long[]> shapes,
            int count,
            long firstView,
            int views,
            int fixedBatch,
            Path file,
            Progress progress) {
        try {
            Files.createDirectories(file.getParent());
            Path part = file.resolveSibling(file.getFileName() + FeatureFolder.PART);
            while (!progress.isCancelled()) {
                if (Files.exists(file) && Files.size(file) == HEADER + bytes(shapes, count, views)) {
                    FeatureFolder.touch(file);
                    try (FileChannel channel = open(file)) {
                        return Optional.of(new CachedFeatures(channel, shapes, count, firstView, views));
                    }
                }
                try (FileChannel channel = open(part);
                        FileLock lock = channel.tryLock()) {
                    // Another run may be computing the same, or have renamed the file before it was locked here.
                    if (lock == null || !Files.exists(part)) {
                        progress.stage("waiting for a run that computes the same features", 0, 0);
                        Thread.sleep(WAIT_MILLIS);
                        continue;
                    }
                    CachedFeatures cache = new CachedFeatures(channel, shapes, count, firstView, views);
                    if (!cache.compute(source, fixedBatch, views, progress)) {
                        return Optional.empty();
                    }
                    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                    return Optional.of(cache);
                }
            }
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (IOException e) {
            throw new Refusal(
                    "Cannot keep features in " + file + ": " + AtomicFile.reason(e)
                            + ". Free some space, or name another folder in GRAFT_CACHE_DIR.",
                    e);
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** Goes on behind what is there; false if cancelled. */
    private boolean compute(Features source, int fixedBatch, int views, Progress progress) {
        int[] all = IntStream.range(0, count).toArray();
        long present = header.getLong(0);
        long done = 0;
        long marked = System.nanoTime();
        for (int view = 0; view < views; view++) {
            for (Pass pass : Pass.of(all, fixedBatch > 0 ? fixedBatch : GROUP, fixedBatch > 0)) {
                done += pass.real();
                if (done <= present) {
                    continue;
                }
                if (progress.isCancelled()) {
                    mark(done - pass.real());
                    return false;
                }
                put(pass, view, source.of(pass.examples(), firstView + view));
                progress.stage("caching features", done, (long) count * views);
                if (System.nanoTime() - marked > NANOS_BETWEEN_MARKS) {
                    mark(done);
                    marked = System.nanoTime();
                }
            }
        }
        mark(done);
        return true;
    }

    /** The count goes to the disk after what it counts. */
    private void mark(long records) {
        segments.forEach(MappedByteBuffer::force);
        header.putLong(0, records);
        header.force();
    }

    private void put(Pass pass, int view, Map<String, Values> values) {
        for (int i = 0; i < pass.real(); i++) {
            ByteBuffer to = slot(pass.examples()[i], view);
            for (String name : shapes.keySet()) {
                ByteBuffer all = values.get(name).data();
                int bytes = all.remaining() / pass.examples().length;
                to.put(all.slice(all.position() + i * bytes, bytes));
            }
        }
    }

    private ByteBuffer slot(int example, long view) {
        long number = view * count + example;
        ByteBuffer segment = segments.get((int) (number / perSegment));
        return segment.slice((int) (number % perSegment) * record, record);
    }

    @Override
    public Map<String, Values> of(int[] examples, long view) {
        Map<String, Values> out = new LinkedHashMap<>();
        int offset = 0;
        for (Map.Entry<String, long[]> entry : shapes.entrySet()) {
            int bytes = Math.toIntExact(4 * Arrays.stream(entry.getValue()).reduce(1, (a, b) -> a * b));
            ByteBuffer data = ByteBuffer.allocateDirect(bytes * examples.length).order(ByteOrder.LITTLE_ENDIAN);
            for (int example : examples) {
                data.put(slot(example, view - firstView).slice(offset, bytes));
            }
            offset += bytes;
            long[] shape = new long[entry.getValue().length + 1];
            shape[0] = examples.length;
            System.arraycopy(entry.getValue(), 0, shape, 1, shape.length - 1);
            out.put(
                    entry.getKey(),
                    new Values(ElementType.FLOAT, shape, data.flip().order(ByteOrder.LITTLE_ENDIAN)));
        }
        return out;
    }

    @Override
    public Optional<NDArray> matrix(NDManager owner, long view) {
        long[] shape = shapes.values().iterator().next();
        boolean rows = shapes.size() == 1 && shape.length == 1;
        if (!rows || segments.size() != 1) {
            return Optional.empty();
        }
        int bytes = Math.multiplyExact(count, record);
        ByteBuffer data = segments.get(0)
                .slice(Math.toIntExact((view - firstView) * bytes), bytes)
                .order(ByteOrder.LITTLE_ENDIAN);
        return Optional.of(owner.create(data, new Shape(count, shape[0]), DataType.FLOAT32));
    }

    /** The file stays for the next run. */
    @Override
    public void close() {
        segments.clear();
    }
}
