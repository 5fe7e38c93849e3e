package graft.train;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Features computed once and kept in a memory-mapped file: record (view, example) holds the crossing tensors. */
final class CachedFeatures implements Features {
    /** One mapping of the JDK holds at most 2 GiB. */
    private static final long SEGMENT = 1L << 30;
    /** Examples per run of the frozen part. Always the same groups, so that a resumed run sees the same bits. */
    private static final int GROUP = 16;

    private final Path file;
    private final Map<String, long[]> shapes;
    private final int count;
    private final long firstView;
    private final int record;
    private final int perSegment;
    private final List<MappedByteBuffer> segments = new ArrayList<>();

    private CachedFeatures(Path file, Map<String, long[]> shapes, int count, long firstView, int views)
            throws IOException {
        this.file = file;
        this.shapes = shapes;
        this.count = count;
        this.firstView = firstView;
        this.record = recordBytes(shapes);
        this.perSegment = Math.toIntExact(Math.max(1, SEGMENT / record));
        long records = (long) count * views;
        try (FileChannel channel = FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            for (long from = 0; from < records; from += perSegment) {
                long length = Math.min(perSegment, records - from) * record;
                segments.add(channel.map(FileChannel.MapMode.READ_WRITE, from * record, length));
            }
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
     * Computes the features of {@code count} examples in {@code views} views from {@code firstView} on.
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
            CachedFeatures cache = new CachedFeatures(file, shapes, count, firstView, views);
            int[] all = IntStream.range(0, count).toArray();
            for (int view = 0; view < views; view++) {
                int done = 0;
                for (Pass pass : Pass.of(all, fixedBatch > 0 ? fixedBatch : GROUP, fixedBatch > 0)) {
                    if (progress.isCancelled()) {
                        cache.close();
                        return Optional.empty();
                    }
                    cache.put(pass, view, source.of(pass.examples(), firstView + view));
                    done += pass.real();
                    progress.stage("caching features", (long) view * count + done, (long) count * views);
                }
            }
            return Optional.of(cache);
        } catch (IOException e) {
            throw new Refusal(
                    "Cannot keep features in " + file + ": " + AtomicFile.reason(e)
                            + ". Free some space, or name another folder in GRAFT_CACHE_DIR.",
                    e);
        }
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

    /** Deletes the file. */
    @Override
    public void close() {
        segments.clear();
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new Refusal("Cannot delete " + file + ": " + AtomicFile.reason(e) + ". Delete it by hand.", e);
        }
    }
}
