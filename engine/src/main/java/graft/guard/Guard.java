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

    /** The backward pass through a network takes two to three times as long as the forward pass. */
    private static final double TIMES_THE_STEPS = 4;

    private static final double SHARE_OF_WORK = 0.75;

    private static final int FAILED = 1;

    private static volatile boolean mayEnd;
    private static volatile Guard current;

    private final List<Path> files;
    private final int batch;
    private final Consumer<String> lastWords;
    private final long dataBytes;
    private long networkBytes;
    private long nodes;
    private volatile long rounds;
    private long exampleBytes;
    private long exampleCount;
    private volatile Allowance allowance;
    private volatile String doing;
    private volatile long aliveNanos = System.nanoTime();
    private volatile double aliveCpu;
    /** When there was progress that was reported: steps since then belong to one piece of work. */
    private volatile long toldNanos = aliveNanos;

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
        toldNanos = aliveNanos;
    }

    /**
     * An operator of a graph was computed, which is a sign of life. What follows such steps and gives none (the backward pass
     * through all of them) may take a few times as long as they did together.
     */
    public static void step() {
        Guard guard = current;
        if (guard != null) {
            guard.aliveNanos = System.nanoTime();
            guard.aliveCpu = -1;
        }
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

    /**
     * How large a network is that the current work has opened.
     *
     * @param bytes of its weights, wherever they lie
     * @param nodes of its graph
     */
    public static void network(long bytes, long nodes) {
        Guard guard = current;
        if (guard != null) {
            synchronized (guard) {
                guard.networkBytes = Math.max(guard.networkBytes, bytes);
                guard.nodes = Math.max(guard.nodes, nodes);
                guard.allow();
            }
        }
    }

    /** That a recurrent layer or a body goes along an axis of its input so many times: what is in memory ends some time. */
    public static void rounds(long rounds) {
        Guard guard = current;
        if (guard != null && rounds > guard.rounds) {
            synchronized (guard) {
                guard.rounds = Math.max(guard.rounds, rounds);
                guard.allow();
            }
        }
    }

    private void allow() {
        allowance = Allowance.of(networkBytes, nodes, rounds, dataBytes, exampleBytes, exampleCount, batch);
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
                end(String.format(
                        Locale.ROOT, "came to no end within %.0f seconds", (System.nanoTime() - aliveNanos) / 1e9));
            }
        }
    }

    private boolean isStuck() {
        double silent = (System.nanoTime() - aliveNanos) / 1e9;
        double allowed = allowance.seconds() + TIMES_THE_STEPS * Math.max(0, aliveNanos - toldNanos) / 1e9;
        if (silent <= allowed) {
            return false;
        }
        // On a machine that is busy with other things time passes without work being done.
        return ProcessUse.cpuSeconds() - aliveCpu > allowed * SHARE_OF_WORK || silent > allowed * TIMES_WITHOUT_WORK;
    }

    private void end(String how) {
        if (!watching) {
            return;
        }
        lastWords.accept(files.get(0) + ": " + doing + " " + how + ", which a file of this size cannot need, and was"
                + " ended; nothing was finished. The file is damaged, or was made to exhaust the machine: export it"
                + " again. If it is meant so, set " + SWITCH + "=off.");
        // Half-written files are removed on the way out, for which there is some time. The usual end is not waited for:
        // it takes
        // native libraries down while the work still runs in them, which crashes.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                Thread.sleep(MILLIS_TO_CLEAN_UP);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(FAILED);
        }));
        System.exit(FAILED);
    }

    @Override
    public void close() {
        watching = false;
        if (current == this) {
            current = null;
        }
    }
}
