package graft.app;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import javafx.animation.AnimationTimer;
import org.testfx.util.WaitForAsyncUtils;

/**
 * How long the FX thread works between two pulses: the time for which the window stands still. Counted is the work of that thread
 * itself, so that a machine that is busy with something else does not count as a window that is slow.
 */
public final class Pulses extends AnimationTimer {
    private static final double NANOS_PER_MS = 1e6;
    private static final int SECONDS = 120;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final IntConsumer each;
    private final int count;
    private final CountDownLatch done = new CountDownLatch(1);
    private int pulse;
    private long last;
    private long worst;

    private Pulses(int count, IntConsumer each) {
        this.count = count;
        this.each = each;
    }

    /**
     * Does something at each of {@code count} pulses. Called off the FX thread.
     *
     * @param each gets the number of the pulse, on the FX thread
     * @return the longest time between two pulses, in milliseconds
     */
    public static double worst(int count, IntConsumer each) throws InterruptedException {
        Pulses pulses = new Pulses(count, each);
        WaitForAsyncUtils.waitForAsyncFx(10_000, pulses::start);
        if (!pulses.done.await(SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("fewer than " + count + " pulses in " + SECONDS + " s");
        }
        return pulses.worst / NANOS_PER_MS;
    }

    @Override
    public void handle(long now) {
        long cpu = threads.getCurrentThreadCpuTime();
        if (pulse > 0) {
            worst = Math.max(worst, cpu - last);
        }
        last = cpu;
        if (pulse == count) {
            stop();
            done.countDown();
        } else {
            each.accept(pulse);
            pulse++;
        }
    }
}
