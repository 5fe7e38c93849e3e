package graft.cli;

import com.sun.jna.NativeLibrary;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Ctrl-C, {@code kill} and the end of the terminal ask a command to end. One that does not within seconds, or is asked again, is
 * ended where it stands, which every command survives: what it writes gets its name only when it is whole.
 */
final class Interrupts implements AutoCloseable {
    static final int EXIT_CODE = 130;

    private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");
    private static final long NANOS_OF_ONE_KEY_STROKE = 300_000_000L;
    /** Half of what service managers and containers grant before they kill. */
    private static final long MILLIS_TO_END = 5_000;

    private final PrintWriter err;
    private final Supplier<String> afterwards;
    private final AtomicBoolean asked = new AtomicBoolean();
    private final Map<Signal, SignalHandler> before = new LinkedHashMap<>();
    private volatile long askedAt;
    private volatile boolean ended;

    /** @param afterwards what can be done after an interruption, in words */
    Interrupts(PrintWriter err, Supplier<String> afterwards) {
        this.err = err;
        this.afterwards = afterwards;
        handle(before, this::ask);
    }

    /** Until a command has begun there is nothing to be ended in order. */
    static void endAtOnce() {
        handle(new LinkedHashMap<>(), signal -> {
            System.err.println("graft: interrupted before it began.");
            Runtime.getRuntime().halt(EXIT_CODE);
        });
    }

    private static void handle(Map<Signal, SignalHandler> before, SignalHandler handler) {
        for (String name : SIGNALS) {
            try {
                Signal signal = new Signal(name);
                before.put(signal, Signal.handle(signal, handler));
            } catch (IllegalArgumentException unknownOrTaken) {
                // Not every system has all of them, and a JVM started with -Xrs leaves them alone.
                continue;
            }
        }
    }

    private void ask(Signal signal) {
        long now = System.nanoTime();
        if (!asked.getAndSet(true)) {
            askedAt = now;
            Thread end = new Thread(this::endLater, "interrupt");
            end.setDaemon(true);
            end.start();
        } else if (now - askedAt > NANOS_OF_ONE_KEY_STROKE) {
            // Sooner it is the same key stroke: a terminal interrupts the start script too, which passes it on.
            end();
        }
    }

    private void endLater() {
        try {
            Thread.sleep(MILLIS_TO_END);
            end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void end() {
        if (!ended) {
            err.println("graft: interrupted; " + afterwards.get());
            err.flush();
            leave();
        }
    }

    /** Java's halt has native libraries clear up, which abort where one of their threads is in the middle of a step. */
    private static void leave() {
        try {
            NativeLibrary.getProcess().getFunction("_exit").invokeVoid(new Object[] {EXIT_CODE});
        } catch (UnsatisfiedLinkError notOnThisSystem) {
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }

    boolean asked() {
        return asked.get();
    }

    @Override
    public void close() {
        ended = true;
        before.forEach(Signal::handle);
    }
}
