package graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpellingTest {
    private static final List<String> RUNS = List.of("star", "restore", "name", "command", "keep");

    @Test
    void aSlipOfTheFingersIsPutRight() {
        assertThat(Spelling.nearest("nmae", RUNS)).contains("name");
        assertThat(Spelling.nearest("comand", RUNS)).contains("command");
        assertThat(Spelling.nearest("--epoch", List.of("--epochs", "--batch"))).contains("--epochs");
    }

    @Test
    void anotherWordIsNotTakenForASlip() {
        assertThat(Spelling.nearest("list", RUNS)).isEmpty();
        assertThat(Spelling.nearest("remove", RUNS)).isEmpty();
        assertThat(Spelling.nearest("infer", List.of("train", "evaluate", "predict")))
                .isEmpty();
        assertThat(Spelling.nearest("me", List.of("resume", "demo"))).isEmpty();
    }

    @Test
    void anOptionThatIsWrittenOutIsFoundByItsInitials() {
        assertThat(Spelling.nearest("--learning-rate", List.of("--lr", "--lr-decay")))
                .contains("--lr");
    }
}
