package graft.app.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import graft.app.RedAndBlue;
import graft.progress.Event;
import graft.progress.Progress;
import graft.worker.Judging;
import graft.worker.Opening;
import graft.worker.Work;
import graft.worker.Works;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkersTest {
    @TempDir
    Path folder;

    private final Workers workers = new Workers();

    @AfterEach
    void close() {
        workers.close();
    }

    private int layersOf(Path file) {
        return workers.ask(Works.OPEN, new Opening.Plan(file), Progress.NONE)
                .network()
                .layers()
                .size();
    }

    @Test
    void workIsDoneElsewhereAndItsResultArrivesWhole() throws IOException {
        Path network = RedAndBlue.network(folder.resolve("net.onnx"), 1);
        assertThat(layersOf(network)).isEqualTo(1);
        Path data = RedAndBlue.splitPictures(folder.resolve("data"), 5);
        Judging.Judged judged = workers.ask(Works.JUDGE, new Judging.Plan(network, data), Progress.NONE);
        assertThat(judged.evaluation().confusion()).isDeepEqualTo(new int[][] {{4, 1}, {0, 5}});
        assertThat(judged.answers()).hasSize(10);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whoeverAsksLoadsNothingNativeOfNetworks() throws Exception {
        Process program = new ProcessBuilder(JavaProgram.command(
                        "graft.app.jobs.OpeningProgram",
                        List.of(),
                        List.of(network().toString())))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(program.inputReader().lines()).containsExactly("layers 1");
    }

    @Test
    void aRefusalArrivesInItsOwnWords() throws IOException {
        Path file = Files.writeString(folder.resolve("cut.onnx"), "no network");
        assertThatThrownBy(() -> layersOf(file)).isInstanceOf(Refusal.class).hasMessageContaining("cut.onnx");
    }

    /** Opens a network, and what its worker's process then is, stopped: what is asked next finds it at work. */
    private ProcessHandle stopped() throws IOException, InterruptedException {
        assertThat(layersOf(network())).isEqualTo(1);
        List<ProcessHandle> warm = workers.idle();
        assertThat(warm).as("who waits").isNotEmpty();
        signal("STOP", warm.get(0));
        return warm.get(0);
    }

    private Path network() {
        return RedAndBlue.network(folder.resolve("net.onnx"), 1);
    }

    private static void signal(String name, ProcessHandle process) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    @ParameterizedTest
    @CsvSource({"FPE, SIGFPE", "KILL, signal 9", "ABRT, signal 6"})
    @EnabledOnOs(OS.LINUX)
    void aDeathIsASentenceAndTheNextWorkGoesOn(String signal, String said) throws Exception {
        ProcessHandle process = stopped();
        CompletableFuture<Integer> asked =
                CompletableFuture.supplyAsync(() -> layersOf(RedAndBlue.network(folder.resolve("bad.onnx"), 1)));
        while (workers.idle().contains(process)) {
            Thread.sleep(1); // until it is at work
        }
        signal(signal, process);
        signal("CONT", process);
        assertThatThrownBy(asked::join)
                .hasCauseInstanceOf(Refusal.class)
                .hasMessageContaining("bad.onnx")
                .hasMessageContaining(said)
                .hasMessageContaining("Nothing else was touched");
        assertThat(layersOf(network())).isEqualTo(1);
        try (Stream<Path> left = Files.list(Path.of(""))) {
            assertThat(left).as("no report of a crash").noneMatch(file -> file.toString()
                    .startsWith("hs_err"));
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whileLongWorkGoesOnAnotherProcessGetsWarm() throws Exception {
        ProcessHandle process = stopped();
        CompletableFuture<Integer> asked = CompletableFuture.supplyAsync(() -> layersOf(network()));
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (workers.idle().isEmpty() || workers.idle().contains(process)) {
            assertThat(System.nanoTime()).as("one waits beside the one at work").isLessThan(deadline);
            Thread.sleep(5);
        }
        assertThat(asked).isNotDone();
        assertThat(layersOf(network())).as("done by the other").isEqualTo(1);
        signal("CONT", process);
        assertThat(asked.get(20, TimeUnit.SECONDS)).isEqualTo(1);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void cancellingEndsWorkThatDoesNotListen() throws Exception {
        stopped();
        AtomicBoolean cancelled = new AtomicBoolean();
        Progress progress = new Progress() {
            @Override
            public void report(Event event) {}

            @Override
            public boolean isCancelled() {
                return cancelled.get();
            }
        };
        CompletableFuture<?> asked =
                CompletableFuture.supplyAsync(() -> workers.ask(Works.OPEN, new Opening.Plan(network()), progress));
        cancelled.set(true);
        assertThatThrownBy(() -> asked.get(3, TimeUnit.SECONDS)).hasCauseInstanceOf(CancellationException.class);
        assertThat(layersOf(network())).isEqualTo(1);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void workThatTakesTooLongOrTooMuchIsEndedAndSaysSo() throws Exception {
        stopped();
        assertThatThrownBy(() -> workers.ask(open(new Work.Limits(1, 60, 4L << 30)), plan(), Progress.NONE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("net.onnx was worked on for 1 seconds");
        stopped();
        assertThatThrownBy(() -> workers.ask(open(new Work.Limits(60, 60, 1 << 20)), plan(), Progress.NONE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("net.onnx asked for more than 0.0 GiB");
        assertThat(layersOf(network())).isEqualTo(1);
    }

    private Opening.Plan plan() {
        return new Opening.Plan(network());
    }

    private static Work<Opening.Plan, Opening.Opened> open(Work.Limits limits) {
        return new Work<>("open", Opening.Plan.class, Opening.Opened.class, limits, Works.OPEN.doing());
    }
}
