package graft.app.jobs;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.LongConsumer;
import javafx.concurrent.ScheduledService;
import javafx.concurrent.Task;
import javafx.util.Duration;

/** How much memory the window and all its processes have, again and again. */
public final class MemoryUse extends ScheduledService<Long> {
    /** What the machine has, in bytes. */
    public static final long OF_THE_MACHINE =
            ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize();

    private static final Duration EVERY = Duration.seconds(2);

    /** @param show gets the bytes, on the FX thread */
    public MemoryUse(LongConsumer show) {
        setPeriod(EVERY);
        setExecutor(work -> {
            Thread thread = new Thread(work, "memory-use");
            thread.setDaemon(true);
            thread.setPriority(Thread.MIN_PRIORITY);
            thread.start();
        });
        setOnSucceeded(event -> show.accept(getValue()));
    }

    @Override
    protected Task<Long> createTask() {
        return new Task<>() {
            @Override
            protected Long call() {
                ProcessHandle me = ProcessHandle.current();
                return ResidentMemory.of(me.pid())
                        + me.descendants()
                                .mapToLong(child -> ResidentMemory.of(child.pid()))
                                .sum();
            }
        };
    }
}
