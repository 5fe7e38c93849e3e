package graft.app.jobs;

import graft.Refusal;
import graft.progress.Progress;
import graft.worker.Work;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * Worker processes: one per piece of work under way, and one that waits, warm, for the next, also while work goes on: whoever
 * opens a small network in place of a large one does not wait for either. A process that was cancelled, crashed or grew large
 * is replaced; no other work suffers.
 */
public final class Workers implements Worker, AutoCloseable {
    /** A process that still holds more some seconds after its work is replaced. */
    private static final long LARGEST_WAITING = 400L << 20;

    private static final int MOST_WAITING = 2;

    /** Small networks are open by then. */
    private static final Executor SOON = CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS);

    private static final Executor LATER = CompletableFuture.delayedExecutor(3, TimeUnit.SECONDS);
    private static final Executor MUCH_LATER = CompletableFuture.delayedExecutor(30, TimeUnit.SECONDS);

    private final Deque<WorkerProcess> waiting = new ArrayDeque<>();
    private boolean starting;
    private boolean closed;

    /** Starts a process in the background, so that the first piece of work finds it warm. */
    public void warmUp() {
        synchronized (this) {
            if (closed || starting || !waiting.isEmpty()) {
                return;
            }
            starting = true;
        }
        Thread starter = new Thread(this::startSpare, "worker-start");
        starter.setDaemon(true);
        starter.start();
    }

    private void startSpare() {
        try {
            giveBack(WorkerProcess.start());
        } catch (IOException e) {
            // Whoever needs it next is told in words.
            LoggerFactory.getLogger(Workers.class).warn("no worker could be started", e);
        } finally {
            synchronized (this) {
                starting = false;
                notifyAll();
            }
        }
    }

    @Override
    public <P extends Work.Plan, R> R ask(Work<P, R> work, P plan, Progress progress) {
        WorkerProcess process = take();
        CompletableFuture<Void> spare = CompletableFuture.runAsync(this::warmUp, SOON);
        try {
            return process.ask(work, plan, progress);
        } finally {
            spare.cancel(false);
            giveBack(process);
            warmUp();
        }
    }

    private WorkerProcess take() {
        WorkerProcess found = waitingProcess();
        if (found != null) {
            return found;
        }
        try {
            return WorkerProcess.start();
        } catch (IOException e) {
            throw new Refusal(
                    "No process could be started to work on the file: " + e.getMessage()
                            + ". Close other programs, then try again.",
                    e);
        }
    }

    /** One that is being started is waited for: that takes no longer than to start another. */
    private synchronized WorkerProcess waitingProcess() {
        try {
            while (starting && waiting.isEmpty()) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        WorkerProcess found = waiting.poll();
        while (found != null && !found.isAlive()) {
            found.close();
            found = waiting.poll();
        }
        return found;
    }

    private synchronized void giveBack(WorkerProcess process) {
        if (closed || waiting.size() == MOST_WAITING || !process.isAlive()) {
            process.close();
        } else {
            waiting.add(process);
            notifyAll();
            LATER.execute(() -> replaceIfLarge(process));
            MUCH_LATER.execute(this::closeExtra);
        }
    }

    private void replaceIfLarge(WorkerProcess process) {
        synchronized (this) {
            if (process.memory() <= LARGEST_WAITING || !waiting.remove(process)) {
                return;
            }
        }
        process.close();
        warmUp();
    }

    /** The second one that waits costs memory for nothing once the user has turned to something else. */
    private synchronized void closeExtra() {
        while (waiting.size() > 1) {
            waiting.poll().close();
        }
    }

    /** The processes that wait for work. */
    synchronized List<ProcessHandle> idle() {
        return waiting.stream().map(WorkerProcess::handle).toList();
    }

    /** Ends all processes that wait; those at work end with the window, when their input ends. */
    @Override
    public synchronized void close() {
        closed = true;
        waiting.forEach(WorkerProcess::close);
        waiting.clear();
    }
}
