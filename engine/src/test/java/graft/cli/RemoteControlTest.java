package graft.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import graft.progress.Event;
import graft.progress.Progress;
import graft.progress.Stage;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class RemoteControlTest {
    private final PipedOutputStream keys = new PipedOutputStream();
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private RemoteControl control;

    @BeforeEach
    void listen() throws IOException {
        Progress below = events::add;
        control = RemoteControl.listeningTo(new PipedInputStream(keys), below);
    }

    private void type(String line) throws IOException {
        keys.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        keys.flush();
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(Duration.ofMillis(5).toMillis());
        }
    }

    @Test
    void enoughEndsWithTheBest() throws Exception {
        assertThat(control.isEnoughAsked()).isFalse();
        type("enough");
        until(control::isEnoughAsked);
        assertThat(control.isCancelled()).isFalse();
    }

    @Test
    void aPausedRunWaitsUntilItMayContinue() throws Exception {
        type("pause");
        Thread run = new Thread(() -> {
            while (events.isEmpty()) {
                control.waitWhilePaused();
            }
        });
        run.start();
        until(() -> !events.isEmpty());
        assertThat(((Stage) events.get(0)).what()).isEqualTo("paused");
        assertThat(run.isAlive()).isTrue();
        type("continue");
        run.join();
        assertThat(((Stage) events.get(1)).what()).isEqualTo("continuing");
    }

    @Test
    void theEndOfTheInputStopsTheRun() throws Exception {
        keys.close();
        until(control::isCancelled);
    }

    @Test
    void whatStaysGoesOnAfterTheEndOfTheInput() throws Exception {
        type("pause");
        type("stay");
        keys.close();
        Thread run = new Thread(control::waitWhilePaused);
        run.start();
        run.join(); // nobody is left who could say "continue"
        assertThat(control.isCancelled()).isFalse();
    }

    @Test
    void anUnknownCommandIsRefusedByName() throws Exception {
        type("faster");
        assertThatThrownBy(() -> until(control::isCancelled))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("\"faster\"")
                .hasMessageContaining("pause, continue, enough");
    }
}
