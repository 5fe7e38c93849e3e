package graft.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import graft.files.Installation;
import graft.files.Json;
import graft.inference.OrtSession;
import graft.onnx.ElementType;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import graft.onnx.Values;
import graft.progress.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What a program needs of memory to use a form, measured in a process that does nothing else: by how much its resident memory is
 * larger at most, while ONNX Runtime loads the file and answers one example a few times, than it was before, with the runtime in
 * place. In a process that did other things before, the form would be given what these left behind.
 */
public final class FormMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path CLEAR = Path.of("/proc/self/clear_refs");
    /** What makes the system forget the peak so far. */
    private static final String PEAK = "5";

    private static final int ANSWERS = 3;
    private static final int LOOK_MILLIS = 50;
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(5);

    /** Java's own memory is touched before the form is loaded, and stays as it is. */
    private static final List<String> OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-Xms48m",
            "-XX:+AlwaysPreTouch",
            "-XX:TieredStopAtLevel=1",
            "-XX:-CreateCoredumpOnCrash",
            "-Djava.awt.headless=true");

    private FormMemory() {}

    /** @param type as the specification spells it */
    private record Input(String name, ElementType type, long[] shape) {}

    private record Question(String file, List<Input> inputs) {}

    private record Answer(long bytes) {}

    /** Whether the system tells what a process had at most: Linux does. */
    static boolean isTold() {
        return Files.isReadable(STATUS) && Files.isWritable(CLEAR);
    }

    /**
     * Bytes; empty on systems that do not tell.
     *
     * @param one an example, of which only types and shapes count
     * @throws IOException where the process could not be started, or did not end as it should
     */
    static OptionalLong of(Path file, Map<String, Values> one, Progress progress) throws IOException {
        if (!isTold()) {
            return OptionalLong.empty();
        }
        List<Input> inputs = one.entrySet().stream()
                .map(input -> new Input(
                        input.getKey(),
                        input.getValue().type(),
                        input.getValue().shape()))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command()).redirectErrorStream(false);
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        // These are for training; a program that uses the form has none of them.
        builder.environment().keySet().removeAll(List.of("MALLOC_TRIM_THRESHOLD_", "MALLOC_MMAP_THRESHOLD_"));
        Process process = builder.start();
        try {
            try (OutputStream to = process.getOutputStream()) {
                to.write(Json.write(new Question(file.toAbsolutePath().toString(), inputs))
                        .getBytes(StandardCharsets.UTF_8));
            }
            await(process, file, progress);
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.exitValue() != 0 || said.isBlank()) {
                throw new IOException("the process that loads it ended with code " + process.exitValue());
            }
            return OptionalLong.of(Json.parse(said.strip()).path("bytes").asLong());
        } finally {
            process.destroyForcibly();
        }
    }

    private static void await(Process process, Path file, Progress progress) throws IOException {
        long started = System.nanoTime();
        try {
            while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                if (progress.isCancelled()) {
                    throw new CancellationException("measuring " + file + " was cancelled");
                }
                if (System.nanoTime() - started > PATIENCE_NANOS) {
                    throw new IOException("it takes longer than five minutes", new TimeoutException());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("measuring " + file + " was interrupted");
        }
    }

    private static List<String> command() {
        List<String> out = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        if (Runtime.version().feature() >= 22) {
            out.add("--enable-native-access=ALL-UNNAMED");
        }
        out.addAll(OPTIONS);
        out.addAll(Installation.handedOn());
        out.addAll(List.of("-cp", System.getProperty("java.class.path"), FormMemory.class.getName()));
        return out;
    }

    /** The process that loads the form: reads a question, prints an answer. */
    public static void main(String[] none) throws InterruptedException {
        // Native libraries follow nested graphs by recursion.
        Thread answer = new Thread(null, () -> answer(System.in), "answer", 256L << 20);
        answer.start();
        answer.join();
    }

    private static void answer(InputStream from) {
        try {
            JsonNode asked = Json.parse(new String(from.readAllBytes(), StandardCharsets.UTF_8));
            Question question = Json.convert(asked, Question.class);
            Map<String, Values> example = new LinkedHashMap<>();
            question.inputs().forEach(input -> example.put(input.name(), zeros(input.type(), input.shape())));
            warmUp();
            Files.writeString(CLEAR, PEAK);
            long before = kib("VmRSS:");
            try (OrtSession session = OrtSession.open(Path.of(question.file()), 0)) {
                for (int i = 0; i < ANSWERS; i++) {
                    session.runForNumbers(example);
                }
            }
            System.out.println(Json.write(new Answer(Math.max(0, kib("VmHWM:") - before) * 1024)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Values zeros(ElementType type, long[] shape) {
        long count = 1;
        for (long side : shape) {
            count *= side;
        }
        ByteBuffer data = ByteBuffer.allocateDirect(Math.toIntExact(count * type.bytes()));
        return new Values(type, shape, data.order(ByteOrder.LITTLE_ENDIAN));
    }

    /** The runtime, and the classes that lead to it, are part of every program: a network of one node has them loaded. */
    private static void warmUp() {
        try (OrtSession tiny = OrtSession.open(oneNode(), 1)) {
            tiny.runForNumbers(Map.of("x", Values.ofFloats(new long[] {1}, 1)));
        }
    }

    private static Model oneNode() {
        Model empty = Model.create("graft", 8, 13);
        var editor =
                empty.graph().edit().named("one node").inputs(List.of(ValueInfo.of("x", ElementType.FLOAT, Dim.of(1))));
        editor.nodes().add(Node.of("Neg", "negative", List.of("x"), List.of("y")));
        editor.outputs(List.of(ValueInfo.of("y", ElementType.FLOAT, Dim.of(1))));
        return empty.withGraph(editor.build());
    }

    private static long kib(String line) throws IOException {
        return Files.readAllLines(STATUS).stream()
                .filter(words -> words.startsWith(line))
                .mapToLong(words -> Long.parseLong(words.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow(() -> new IOException(STATUS + " does not say " + line));
    }
}
