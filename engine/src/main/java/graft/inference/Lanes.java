package graft.inference;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Calls of a model side by side, each computed by one thread. A call of a few short texts is too small to be shared: threads
 * that wait for one another after every operator would use up half of the processor, and more beside other programs.
 *
 * @param count how many calls are computed at a time
 */
public record Lanes(int count) {
    /** Calls made ready beyond those that are computed, so that none has to wait for what is done with the answers. */
    private static final int AHEAD = 2;

    /** One call after the other, each shared by as many threads as its session has. */
    public static final Lanes SINGLE = new Lanes(1);

    /**
     * Those for small calls; their session is opened for {@link #threads} each.
     *
     * @param threads 0 = one per core
     */
    public static Lanes of(int threads) {
        return new Lanes(threads > 0 ? threads : Runtime.getRuntime().availableProcessors());
    }

    /** What takes an answer; called in the order of the questions, by the thread that asked. */
    public interface Taker<Q, A, E extends Exception> {
        /** False where no more is wanted. */
        boolean take(Q question, A answer) throws E;
    }

    /**
     * Asks all questions, and returns when nothing is computed any more.
     *
     * @param ask serves several threads at a time
     * @return false if the taker wanted no more
     */
    public <Q, A, E extends Exception> boolean ask(List<Q> questions, Function<Q, A> ask, Taker<Q, A, E> taker)
            throws E {
        if (count == 1 || questions.size() < 2) {
            for (Q question : questions) {
                if (!taker.take(question, ask.apply(question))) {
                    return false;
                }
            }
            return true;
        }
        ExecutorService threads = Executors.newFixedThreadPool(count, Lanes::named);
        try {
            Deque<Future<A>> coming = new ArrayDeque<>();
            Iterator<Q> next = questions.iterator();
            for (Q question : questions) {
                while (next.hasNext() && coming.size() < count + AHEAD) {
                    Q asked = next.next();
                    coming.add(threads.submit(() -> ask.apply(asked)));
                }
                if (!taker.take(question, answer(coming.remove()))) {
                    return false;
                }
            }
            return true;
        } finally {
            end(threads);
        }
    }

    private static Thread named(Runnable work) {
        Thread thread = new Thread(work, "lane");
        thread.setDaemon(true);
        return thread;
    }

    private static <A> A answer(Future<A> coming) {
        try {
            return coming.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException refused) {
                throw refused;
            }
            if (e.getCause() instanceof Error defect) {
                throw defect;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while a network was asked");
        }
    }

    /** A session that is closed while it computes takes the process with it: what has begun is waited for. */
    private static void end(ExecutorService threads) {
        threads.shutdownNow();
        boolean interrupted = Thread.interrupted();
        try {
            while (!threads.isTerminated()) {
                try {
                    threads.awaitTermination(1, TimeUnit.MINUTES);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
