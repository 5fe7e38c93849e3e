package graft.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LanesTest {
    private static final List<Integer> QUESTIONS =
            IntStream.range(0, 40).boxed().toList();

    @Test
    void answersComeInTheOrderOfTheQuestionsWhicheverIsReadyFirst() {
        List<Integer> taken = new ArrayList<>();
        boolean whole = new Lanes(3).ask(QUESTIONS, LanesTest::slowIfEven, (question, answer) -> {
            assertThat(answer).isEqualTo(question * question);
            return taken.add(question);
        });
        assertThat(whole).isTrue();
        assertThat(taken).isEqualTo(QUESTIONS);
    }

    private static int slowIfEven(int question) {
        if (question % 2 == 0) {
            sleep(3);
        }
        return question * question;
    }

    @Test
    void asManyAreComputedAtATimeAsThereAreLanes() {
        CountDownLatch both = new CountDownLatch(2);
        new Lanes(2)
                .ask(
                        List.of(1, 2),
                        question -> {
                            both.countDown();
                            return await(both);
                        },
                        (question, together) -> {
                            assertThat(together).isTrue();
                            return true;
                        });
    }

    @Test
    void nothingIsComputedAnyMoreOnceARefusalComesOut() {
        AtomicInteger running = new AtomicInteger();
        assertThatThrownBy(() -> new Lanes(3).ask(QUESTIONS, question -> failing(question, running), (q, a) -> true))
                .isInstanceOf(Refusal.class)
                .hasMessage("question 5");
        assertThat(running).hasValue(0);
    }

    private static int failing(int question, AtomicInteger running) {
        running.incrementAndGet();
        try {
            sleep(5);
            if (question == 5) {
                throw new Refusal("question 5");
            }
            return question;
        } finally {
            running.decrementAndGet();
        }
    }

    @Test
    void nothingIsTakenAfterTheTakerWantedNoMore() {
        for (int lanes : new int[] {1, 3}) {
            List<Integer> taken = new ArrayList<>();
            boolean whole = new Lanes(lanes)
                    .ask(QUESTIONS, question -> question, (question, answer) -> taken.add(question) && question < 6);
            assertThat(whole).isFalse();
            assertThat(taken).containsExactly(0, 1, 2, 3, 4, 5, 6);
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void sleep(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            // What has begun is not cut short.
            Thread.currentThread().interrupt();
        }
    }
}
