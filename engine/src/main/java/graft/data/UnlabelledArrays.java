package graft.data;

import graft.Refusal;
import graft.onnx.ElementType;
import graft.progress.Progress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Examples in {@code .npz} files, of which nobody knows what is to be answered; they are fed as they are. */
public final class UnlabelledArrays implements Unlabelled {
    /** Examples that are asked about together. */
    private static final int AT_ONCE = 256;

    private record Part(Path file, String name, Npy array) {
        int size() {
            return Math.toIntExact(array.shape()[0]);
        }
    }

    private final List<Part> parts;

    private UnlabelledArrays(List<Part> parts) {
        this.parts = parts;
    }

    /** Whether a file is one of arrays by its name. */
    public static boolean isOne(Path input) {
        return input.toString().toLowerCase(Locale.ROOT).endsWith(".npz");
    }

    /** @throws Refusal where an input is no such file, or holds no examples */
    public static UnlabelledArrays of(List<Path> inputs) {
        List<Part> parts = new ArrayList<>();
        for (Path input : inputs) {
            if (!isOne(input)) {
                throw new Refusal(
                        input + " is no .npz file, and others of the inputs are. Ask about arrays in a command of"
                                + " its own.");
            }
            for (Map.Entry<String, Npy> array : NpzFile.unlabelled(input).entrySet()) {
                long[] shape = array.getValue().shape();
                if (shape.length < 2 || Arrays.stream(shape).anyMatch(axis -> axis == 0)) {
                    throw new Refusal(input + ": " + array.getKey() + " has the shape " + Arrays.toString(shape)
                            + ", but must be [examples, …]. Save it again.");
                }
                parts.add(new Part(input, array.getKey(), array.getValue()));
            }
        }
        return new UnlabelledArrays(List.copyOf(parts));
    }

    @Override
    public long size() {
        return parts.stream().mapToLong(Part::size).sum();
    }

    @Override
    public List<String> columns() {
        return List.of();
    }

    @Override
    public void read(Consumer<Portion> portions, Progress progress) {
        for (Part part : parts) {
            read(part, portions, progress);
        }
    }

    private void read(Part part, Consumer<Portion> portions, Progress progress) {
        ArrayNumbers numbers = new ArrayNumbers(part.file, part.name, part.array);
        ElementType type = numbers.type();
        ByteBuffer data = numbers.elements(type);
        long[] shape = Arrays.copyOfRange(part.array.shape(), 1, part.array.shape().length);
        int bytes = data.remaining() / part.size();
        for (int from = 0; from < part.size(); from += AT_ONCE) {
            if (progress.isCancelled()) {
                throw new CancellationException("reading " + part.file + " was cancelled");
            }
            int[] all =
                    IntStream.range(from, Math.min(from + AT_ONCE, part.size())).toArray();
            int[] sound = Arrays.stream(all)
                    .filter(i -> type != ElementType.FLOAT || isFinite(data.slice(i * bytes, bytes)))
                    .toArray();
            String place = part.file + ": " + part.name;
            List<Unread> unread = Arrays.stream(all)
                    .filter(i -> Arrays.binarySearch(sound, i) < 0)
                    .mapToObj(i -> new Unread(place + "[" + i + "]", "it has a number that is not finite"))
                    .toList();
            ByteBuffer kept = ByteBuffer.allocate(sound.length * bytes).order(ByteOrder.LITTLE_ENDIAN);
            Arrays.stream(sound).forEach(i -> kept.put(data.slice(i * bytes, bytes)));
            portions.accept(new Portion(
                    new Some(part.file, part.name, sound, shape, type, kept.flip()),
                    Arrays.stream(sound).mapToObj(i -> List.<String>of()).toList(),
                    unread));
        }
    }

    private static boolean isFinite(ByteBuffer example) {
        FloatBuffer numbers = example.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        while (numbers.hasRemaining()) {
            if (!Float.isFinite(numbers.get())) {
                return false;
            }
        }
        return true;
    }

    /** @param numbers places in the array */
    private record Some(Path file, String array, int[] numbers, long[] shape, ElementType type, ByteBuffer data)
            implements UniformExamples {
        @Override
        public int size() {
            return numbers.length;
        }

        @Override
        public String name(int i) {
            return file + ": " + array + "[" + numbers[i] + "]";
        }

        @Override
        public String place(int i) {
            return name(i);
        }

        @Override
        public String key(int i) {
            throw new UnsupportedOperationException("what is asked about once is kept nowhere");
        }

        @Override
        public ClassTargets targets() {
            return ClassTargets.equal(new int[numbers.length], 1);
        }

        @Override
        public void read(int i, long view, ByteBuffer into) {
            int bytes = Math.toIntExact(bytes());
            into.put(data.slice(i * bytes, bytes));
        }
    }
}
