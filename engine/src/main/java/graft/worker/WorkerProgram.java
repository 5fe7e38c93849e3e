package graft.worker;

import com.fasterxml.jackson.databind.JsonNode;
import graft.Refusal;
import graft.evaluate.Evaluator;
import graft.files.Json;
import graft.files.NativeLibraries;
import graft.guard.Guard;
import graft.guard.PlainText;
import graft.language.WrittenPiece;
import graft.meaning.Reading;
import graft.network.Importer;
import graft.online.Traffic;
import graft.online.TrafficCount;
import graft.onnx.ElementType;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import graft.predict.AnswerRows;
import graft.progress.Event;
import graft.progress.Note;
import graft.progress.Progress;
import graft.progress.Stage;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The worker's process. Requests come as JSON lines on standard input, {@code {"id": 1, "work": "open", "plan": {…}}}, and are
 * done one after the other; {@code {"cancel": 1}} asks the one under way to end. On standard output it answers with lines
 * that bear the request's id: {@code stage}, {@code note} and {@code answers} while it works, then {@code done} with the result, {@code refused}
 * with words for the user (and {@code last} where the
 * process ends after it), {@code failed} where Graft is to blame, or {@code cancelled}. The end of the input ends the
 * process, whatever it does. {@code {"id": 0, "traffic": {…}}} says what was sent and received over the network since that was said last.
 */
public final class WorkerProgram {
    private static final long STACK_BYTES = 256L << 20;

    private final PrintStream out;
    private final BlockingQueue<JsonNode> requests = new LinkedBlockingQueue<>();
    private volatile long cancelled = -1;

    private WorkerProgram(PrintStream out) {
        this.out = out;
    }

    /** Takes no arguments. */
    public static void main(String[] args) {
        NativeLibraries.announce();
        Guard.mayEndThisProcess();
        // In UTF-8, whatever the locale: answers name files.
        WorkerProgram program = new WorkerProgram(
                new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8));
        TrafficCount.OF_THIS_PROCESS.tell(traffic -> program.answer(0, Map.of(Traffic.KIND, traffic)));
        System.setOut(System.err); // standard output is for answers alone
        Thread reader = new Thread(() -> program.listen(System.in), "requests");
        reader.setDaemon(true);
        reader.start();
        // Native libraries follow nested graphs by recursion; only pages that are touched cost memory.
        Thread worker = new Thread(null, program::work, "work", STACK_BYTES);
        worker.start();
    }

    /** Does once what the first request would wait for: most of it is the loading of ONNX Runtime. */
    private static void warmUp() {
        Model model = Model.create("graft", 8, 13);
        GraphEditor editor = model.graph().edit();
        editor.inputs(List.of(ValueInfo.of("x", ElementType.FLOAT, Dim.free("N"), Dim.of(1), Dim.of(2), Dim.of(2))));
        editor.put(Tensor.ofFloats("weight", new long[] {1, 1, 1, 1}, 1));
        editor.nodes().add(Node.of("Conv", "conv", List.of("x", "weight"), List.of("y")));
        editor.outputs(List.of(ValueInfo.ofName("y")));
        Path none = Path.of("warm-up").toAbsolutePath();
        Opening.opened(
                none,
                Importer.opened(none, model.withGraph(editor.build()), false, 0, List.of(), Map.of(), Reading.USUAL),
                Reading.USUAL);
    }

    private void listen(InputStream in) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode message;
                try {
                    message = Json.parse(line);
                } catch (RuntimeException e) { // those after it are still heard
                    answer(0, Map.of("failed", "a request is not understood: " + reason(e)));
                    continue;
                }
                if (message.has("cancel")) {
                    cancelled = message.path("cancel").asLong();
                } else {
                    requests.add(message);
                }
            }
        } catch (IOException e) {
            System.err.println("standard input cannot be read any more: " + e);
        }
        // Nobody is there to read an answer. Not exit(): native code may be at work, and never come back.
        Runtime.getRuntime().halt(0);
    }

    private void work() {
        warmUp();
        while (true) {
            JsonNode request = next();
            long id = request.path("id").asLong();
            String name = request.path("work").asText();
            answer(
                    id,
                    Works.named(name)
                            .map(work -> run(work, request, id))
                            .orElseGet(() -> Map.of(
                                    "failed", "the worker does not know the work \"" + PlainText.line(name) + "\"")));
            // A network of half a gigabyte is garbage now; what waits for the next one must be small.
            System.gc();
        }
    }

    private JsonNode next() {
        try {
            return requests.take();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    private <P extends Work.Plan, R> Map<String, Object> run(Work<P, R> work, JsonNode request, long id) {
        P plan;
        try {
            plan = Json.convert(request.path("plan"), work.plan());
            if (plan == null || plan.files().stream().anyMatch(Objects::isNull)) {
                return Map.of("failed", "the plan of the work \"" + work.name() + "\" names no file");
            }
        } catch (RuntimeException e) { // one request that is not understood must not end the process
            return Map.of("failed", "the plan of the work \"" + work.name() + "\" is not understood: " + reason(e));
        }
        try (Guard guard = Guard.watch(plan.files(), Evaluator.USUAL_BATCH, words -> answer(id, last(words, plan)))) {
            return Map.of("done", work.doing().run(plan, new Reporting(id, guard)));
        } catch (Refusal e) {
            return refused(e.getMessage(), plan);
        } catch (CancellationException e) {
            return Map.of("cancelled", true);
        } catch (StackOverflowError e) {
            return refused(
                    plan.file() + " is nested too deeply to be followed. It is damaged, or was made to be so: export it"
                            + " again.",
                    plan);
        } catch (OutOfMemoryError e) {
            return refused(
                    plan.file() + " needs more memory than there is (" + e.getMessage()
                            + "). Close other programs, or choose a smaller network or less data.",
                    plan);
        } catch (Exception | LinkageError e) {
            e.printStackTrace();
            return Map.of("failed", reason(e));
        }
    }

    private static String reason(Throwable e) {
        return e.getMessage() == null ? "without a word" : PlainText.line(e.getMessage());
    }

    /** Many refusals tell of a layer or a tensor alone; the user wants to know of which file, and nothing that steers a text. */
    private static Map<String, Object> refused(String words, Work.Plan plan) {
        boolean named = plan.files().stream()
                .anyMatch(file -> words.contains(file.getFileName().toString()));
        return Map.of("refused", PlainText.line(named ? words : plan.file() + ": " + words));
    }

    /** The process ends after this. */
    private static Map<String, Object> last(String words, Work.Plan plan) {
        Map<String, Object> out = new LinkedHashMap<>(refused(words, plan));
        out.put("last", true);
        return out;
    }

    private synchronized void answer(long id, Map<String, Object> what) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("id", id);
        line.putAll(what);
        out.println(Json.write(line));
        out.flush();
    }

    /** Reports of one request. */
    private final class Reporting implements Progress {
        private final long id;
        private final Guard guard;

        private Reporting(long id, Guard guard) {
            this.id = id;
            this.guard = guard;
        }

        @Override
        public void report(Event event) {
            guard.alive(event instanceof Stage stage ? stage.what() : "");
            if (event instanceof Stage
                    || event instanceof Note
                    || event instanceof AnswerRows
                    || event instanceof WrittenPiece) {
                answer(id, Map.of(event.kind(), event));
            }
        }

        @Override
        public boolean isCancelled() {
            guard.alive("");
            return cancelled == id;
        }
    }
}
