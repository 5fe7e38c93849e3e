package graft.app.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.FxTest;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.junit.jupiter.api.Test;
import org.testfx.util.WaitForAsyncUtils;

@FxTest
class ThumbnailsTest {
    private final CountDownLatch held = new CountDownLatch(1);
    private final List<Path> made = new CopyOnWriteArrayList<>();
    private final Thumbnails<String> thumbnails = new Thumbnails<>(file -> {
        try {
            held.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        made.add(file);
        return "picture of " + file;
    });

    private static Path file(int i) {
        return Path.of(i + ".png");
    }

    @Test
    void whatIsScrolledPastBeforeItsTurnIsNotMade() throws Exception {
        List<ObjectProperty<String>> cells = IntStream.range(0, 10)
                .mapToObj(i -> (ObjectProperty<String>) new SimpleObjectProperty<String>())
                .toList();
        WaitForAsyncUtils.waitForAsyncFx(10_000, () -> {
            // Two threads hold the first two; the same ten cells then pass over 500 files and rest on the last ten.
            for (int i = 0; i < 500; i++) {
                cells.get(i % 10).unbind();
                cells.get(i % 10).bind(thumbnails.of(file(i)));
            }
        });
        held.countDown();
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> cells.stream().allMatch(cell -> cell.get() != null));
        assertThat(made)
                .contains(
                        IntStream.range(490, 500).mapToObj(ThumbnailsTest::file).toArray(Path[]::new));
        assertThat(made).as("those in sight, and those that were begun").hasSizeLessThanOrEqualTo(12);
        assertThat(cells.get(3).get()).isEqualTo("picture of 493.png");
    }

    @Test
    void whatWasPassedIsMadeWhenItIsLookedAtAgain() throws Exception {
        ObjectProperty<String> cell = new SimpleObjectProperty<>();
        WaitForAsyncUtils.waitForAsyncFx(10_000, () -> {
            for (int i : new int[] {0, 1, 2, 3, 2}) {
                cell.unbind();
                cell.bind(thumbnails.of(file(i)));
            }
        });
        held.countDown();
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> cell.get() != null);
        assertThat(cell.get()).isEqualTo("picture of 2.png");
    }
}
