package graft.app.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import graft.Refusal;
import graft.files.Json;
import graft.language.WrittenPiece;
import graft.online.Traffic;
import graft.online.TrafficCount;
import graft.predict.AnswerRows;
import graft.progress.Note;
import graft.progress.Progress;
import graft.progress.Stage;
import graft.worker.Work;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One {@link graft.worker.WorkerProgram} in a process of its own, which does one piece of work at a time. Whoever started it
 * closes it.
 */
final class WorkerProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerProcess.class);

    /** Between two looks at what it takes and whether it is still wanted. */
    private static final long LOOK_MILLIS = 50;
    /** For work that was cancelled to end by itself, which keeps the process warm. */
    private static final long GRACE_NANOS = 300_000_000L;

    /**
     * First compiler alone: work is short and cold. A crash must leave no report in the user's folder; its first lines, which
     * name the signal, come on standard output.
     */
    private static final List<String> OPTIONS =
            List.of("-XX:TieredStopAtLevel=1", "-XX:-CreateCoredumpOnCrash", "-XX:ErrorFile=" + nowhere());

    private final Process process;
    private final Writer input;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final LastWords lastWords = new LastWords();
    private final CompletableFuture<Void> outputEnded;
    private final CompletableFuture<Void> errorsEnded;
    private long requests;
    private volatile boolean closed;

    private WorkerProcess(Process process) {
        this.process = process;
        this.input = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        this.outputEnded = follow(process.getInputStream(), "worker-answers", this::hear);
        this.errorsEnded = follow(process.getErrorStream(), "worker-errors", lastWords::add);
    }

    /** The caller closes it. */
    static WorkerProcess start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                JavaProgram.behindTheWindow(JavaProgram.command("graft.worker.WorkerProgram", OPTIONS, List.of())));
        // What it needed for one network it must give back before the next: these are for training.
        builder.environment().keySet().removeAll(List.of("MALLOC_TRIM_THRESHOLD_", "MALLOC_MMAP_THRESHOLD_"));
        return new WorkerProcess(builder.start());
    }

    private static String nowhere() {
        return System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null";
    }

    private static CompletableFuture<Void> follow(
            InputStream from, String name, java.util.function.Consumer<String> to) {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        Thread reader = new Thread(
                () -> {
                    try (BufferedReader lines =
                            new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
                        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                            to.accept(line);
                        }
                    } catch (IOException e) {
                        LOG.debug("the worker's output ended", e); // the process is gone, which its exit code tells
                    } finally {
                        ended.complete(null);
                    }
                },
                name);
        reader.setDaemon(true);
        reader.start();
        return ended;
    }

    /** Native code may print between the answers, and the JVM does as it dies. */
    private void hear(String line) {
        if (line.startsWith("{\"id\":0,\"" + Traffic.KIND)) {
            TrafficCount.OF_THIS_PROCESS.add(Json.convert(Json.parse(line).path(Traffic.KIND), Traffic.class));
        } else if (line.startsWith("{\"id\":")) {
            answers.add(line);
        } else {
            lastWords.add(line);
        }
    }

    boolean isAlive() {
        return !closed && process.isAlive();
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** Bytes of memory that it takes; 0 where the system does not tell. */
    long memory() {
        return ResidentMemory.of(process.pid());
    }

    /** See {@link Worker#ask}. Afterwards the process may be gone: {@link #isAlive}. */
    <P extends Work.Plan, R> R ask(Work<P, R> work, P plan, Progress progress) {
        long id = ++requests;
        send(Map.of("id", id, "work", work.name(), "plan", plan));
        Watch watch = new Watch(work.limits(), plan.file(), System.nanoTime());
        long cancelledAt = 0;
        while (true) {
            String line = next();
            if (line != null) {
                watch.heard(System.nanoTime());
                JsonNode answer = Json.parse(line);
                if (answer.path("id").asLong() == id && !isReport(answer, progress)) {
                    return result(answer, work, plan);
                }
            } else if (outputEnded.isDone() && answers.isEmpty()) {
                throw died(plan);
            }
            long now = System.nanoTime();
            if (progress.isCancelled() && cancelledAt == 0) {
                cancelledAt = now;
                send(Map.of("cancel", id));
            } else if (cancelledAt != 0 && now - cancelledAt > GRACE_NANOS) {
                close();
                throw new CancellationException(work.name() + " was cancelled");
            }
            watch.exceeded(now, memory()).ifPresent(words -> {
                close();
                throw new Refusal(words);
            });
        }
    }

    private String next() {
        try {
            return answers.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new CancellationException("the thread that waited was interrupted");
        }
    }

    private static boolean isReport(JsonNode answer, Progress progress) {
        if (answer.has("stage")) {
            progress.report(Json.convert(answer.path("stage"), Stage.class));
            return true;
        }
        if (answer.has("note")) {
            progress.report(Json.convert(answer.path("note"), Note.class));
            return true;
        }
        if (answer.has(AnswerRows.KIND)) {
            progress.report(Json.convert(answer.path(AnswerRows.KIND), AnswerRows.class));
            return true;
        }
        if (answer.has(WrittenPiece.KIND)) {
            progress.report(Json.convert(answer.path(WrittenPiece.KIND), WrittenPiece.class));
            return true;
        }
        return false;
    }

    private <R> R result(JsonNode answer, Work<?, R> work, Work.Plan plan) {
        if (answer.has("done")) {
            return Json.convert(answer.path("done"), work.result());
        }
        if (answer.has("refused")) {
            if (answer.has("last")) {
                close();
            }
            throw new Refusal(answer.path("refused").asText());
        }
        if (answer.has("cancelled")) {
            throw new CancellationException(work.name() + " was cancelled");
        }
        lastWords.lines().forEach(LOG::error);
        throw new Refusal(plan.file() + ": something went wrong inside Graft ("
                + answer.path("failed").asText()
                + "). The log on standard error says more; please report it, with the file.");
    }

    /** The pipe of a process that died holds what is written until somebody reads; its end is told by its output. */
    private void send(Object message) {
        try {
            input.write(Json.write(message) + "\n");
            input.flush();
        } catch (IOException e) {
            LOG.debug("the worker has ended", e);
        }
    }

    private Refusal died(Work.Plan plan) {
        try {
            int code = process.waitFor();
            errorsEnded.join();
            lastWords.lines().forEach(LOG::warn);
            return new Refusal(lastWords.sayHowItDied(plan.file(), code));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Refusal("Work on " + plan.file() + " was interrupted. Start it again.");
        }
    }

    /** Ends the process, whatever it does. */
    @Override
    public void close() {
        closed = true;
        process.destroyForcibly();
        try {
            input.close();
        } catch (IOException e) {
            LOG.debug("the worker had ended", e); // what was not read yet can be no more
        }
    }
}
