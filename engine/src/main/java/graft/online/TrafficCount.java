package graft.online;

import java.util.List;
import java.util.function.Consumer;

/**
 * What this process, and those that told it, have sent and received since they began. A process that works for another tells it
 * by {@link #tell}, and that one adds it by {@link #add}.
 */
public final class TrafficCount {
    /** Of all connections of this process: there is one. */
    public static final TrafficCount OF_THIS_PROCESS = new TrafficCount();

    /** Bytes after which whoever listens hears of them before the connection ends. */
    private static final long SOON = 1 << 16;

    private Traffic all = Traffic.NONE;
    private Traffic untold = Traffic.NONE;
    private Consumer<Traffic> listener;

    /** What went through so far. */
    public synchronized Traffic now() {
        return all;
    }

    /** Adds what another process did. */
    public synchronized void add(Traffic more) {
        all = all.plus(more);
        untold = untold.plus(more);
        if (untold.sent() + untold.received() >= SOON) {
            flush();
        }
    }

    void add(String host, long sent, long received) {
        add(new Traffic(List.of(new Traffic.Host(host, sent, received))));
    }

    /** @param to gets what came since it was told last, after each connection and within long ones; on their threads */
    public synchronized void tell(Consumer<Traffic> to) {
        listener = to;
        flush();
    }

    /** Tells at once what is not told yet. */
    synchronized void flush() {
        if (listener != null && !untold.hosts().isEmpty()) {
            Traffic news = untold;
            untold = Traffic.NONE;
            listener.accept(news);
        }
    }
}
