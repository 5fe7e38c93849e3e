package graft.guard;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Ends the process, in one paragraph that names the file, when work on a foreign file takes more memory, or more time without
 * a sign of progress, than such a file can need. Native code that loops or allocates for ever cannot be interrupted from
 * outside, so this is the last resort; what can be seen in a file beforehand is refused by {@code graft.onnx.check}.
 *
 * <p>One guard at a time watches a process. {@code GRAFT_LIMITS=off} turns it off.
 */
public final class Guard implements AutoCloseable {
    private static final String SWITCH = "GRAFT_LIMITS";
    private static final long MILLIS_BETWEEN_LOOKS = 40;
    private static final long MILLIS_TO_CLEAN_UP = 2_000;
    /** A process that waits for others is not stuck: only then the clock alone decides, and later. */
    private static final double TIMES_WITHOUT_WORK = 12;

    private static final double SHARE_OF_WORK = 0.75;

    private static final int FAILED = 1;

    private static volatile boolean mayEnd;
    private static volatile Guard current;

    private final List<Path> files;
    private final int batch;
    private final Consumer<String> lastWords;
    private final long dataBytes;
    private long networkBytes;
    private long exampleBytes;
    private long exampleCount;
    private volatile Allowance allowance;
    private volatile String doing;
    private volatile long aliveNanos = System.nanoTime();
    private volatile double aliveCpu;
    private volatile boolean watching = true;

    private Guard(List<Path> files, int batch, Consumer<String> lastWords) {
        this.files = List.copyOf(files);
        this.batch = batch;
        this.lastWords = lastWords;
        this.doing = "opening it";
        this.dataBytes =
                files.stream().skip(1).mapToLong(file -> file.toFile().length()).sum();
        this.networkBytes = files.get(0).toFile().length();
        this.exampleBytes = Allowance.USUAL_EXAMPLE;
        allow();
        this.aliveCpu = ProcessUse.cpuSeconds();
    }

    /** This process is there for Graft's work alone and may be ended; where nobody says so, nothing is watched. */
    public static void mayEndThisProcess() {
        mayEnd = true;
    }

    /**
     * Watches until it is closed.
     *
     * @param files what is worked on, the network first: the sentence names it, and their sizes bound what is fair
     * @param batch examples that are worked on at once
     * @param lastWords gets the paragraph before the process ends with exit code 1
     */
    public static Guard watch(List<Path> files, int batch, Consumer<String> lastWords) {
        Guard guard = new Guard(files, batch, lastWords);
        if (mayEnd && !"off".equals(System.getenv(SWITCH))) {
            current = guard;
            Thread thread = new Thread(guard::look, "guard");
            thread.setDaemon(true);
            thread.setPriority(Thread.MAX_PRIORITY);
            thread.start();
        }
        return guard;
    }

    /** A sign of progress; {@code what} is being done, "" = the same as before. Cheap: called for every batch. */
    public void alive(String what) {
        if (!what.isEmpty()) {
            doing = what;
        }
        aliveNanos = System.nanoTime();
        aliveCpu = -1; // looked up by the thread that watches
    }

    /** How large the examples are that the current work is fed with, and how many there are in all. */
    public static void examples(long bytesOfOne, long count) {
        Guard guard = current;
        if (guard != null) {
            synchronized (guard) {
                guard.exampleBytes = Math.max(1, bytesOfOne);
                guard.exampleCount = count;
                guard.allow();
            }
        }
    }

    /** How large the weights of a network are that the current work has opened, wherever they lie. */
    public static void network(long bytes) {
        Guard guard = current;
        if (guard != null) {
            synchronized (guard) {
                guard.networkBytes = Math.max(guard.networkBytes, bytes);
                guard.allow();
            }
        }
    }

    private void allow() {
        allowance = Allowance.of(networkBytes, dataBytes, exampleBytes, exampleCount, batch);
    }

    private void look() {
        while (watching) {
            try {
                Thread.sleep(MILLIS_BETWEEN_LOOKS);
            } catch (InterruptedException e) {
                return;
            }
            if (aliveCpu < 0) {
                aliveCpu = ProcessUse.cpuSeconds();
            }
            long bytes = ProcessUse.bytes();
            if (bytes > allowance.bytes()) {
                end(String.format(
                        Locale.ROOT, "took more than %.1f GiB of memory", (double) allowance.bytes() / (1L << 30)));
            } else if (isStuck()) {
                end(String.format(Locale.ROOT, "came to no end within %.0f seconds", allowance.seconds()));
            }
        }
    }

    private boolean isStuck() {
        double silent = (System.nanoTime() - aliveNanos) / 1e9;
        if (silent <= allowance.seconds()) {
            return false;
        }
        // On a machine that is busy with other things time passes without work being done.
        return ProcessUse.cpuSeconds() - aliveCpu > allowance.seconds() * SHARE_OF_WORK
                || silent > allowance.seconds() * TIMES_WITHOUT_WORK;
    }

    private void end(String how) {
        if (!watching) {
            return;
        }
        lastWords.accept(files.get(0) + ": " + doing + " " + how + ", which a file of this size cannot need, and was"
                + " ended; nothing was finished. The file is damaged, or was made to exhaust the machine: export it"
                + " again. If it is meant so, set " + SWITCH + "=off.");
        Thread last = new Thread(() -> {
            try {
                Thread.sleep(MILLIS_TO_CLEAN_UP);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(FAILED);
        });
        last.setDaemon(true);
        last.start();
        System.exit(FAILED); // half-written files are removed on the way out
    }

    @Override
    public void close() {
        watching = false;
        if (current == this) {
            current = null;
        }
    }
}
