package graft.app.memory;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.memory.Preferences.ThemeChoice;
import graft.files.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryKeeperTest {
    @TempDir
    Path project;

    private static Setup setup(String data, String when) {
        return new Setup(
                Path.of(data),
                Path.of("net.onnx"),
                "last:2",
                "",
                Map.of(),
                "TOP",
                Json.parse("{\"epochs\": 7}"),
                null,
                when);
    }

    @Test
    void whatWasChangedIsThereAtTheNextStart() {
        MemoryKeeper keeper = new MemoryKeeper(project);
        keeper.change(memory -> memory.with(setup("flowers", "2026-01-02T03:04:05Z"))
                .with(Preferences.USUAL.with(ThemeChoice.DARK).withTextSize(150))
                .with(new Place(10, 20, 1000, 700, true))
                .withScreen("train")
                .withData(new Opened(Path.of("flowers"), "flowers", "244")));
        keeper.write();
        assertThat(new MemoryKeeper(project).now()).isEqualTo(keeper.now());
        assertThat(keeper.now().setups().get(0).settings().path("epochs").asInt())
                .isEqualTo(7);
    }

    @Test
    void preferencesAreThoseOfAllProjectsAndWhatWasOpenIsOfEach() {
        Path usual = project.resolve("project");
        Path other = project.resolve("cells");
        MemoryKeeper before = new MemoryKeeper(usual); // as it was kept before there were several
        before.change(memory -> memory.with(setup("flowers", "2026-01-02T03:04:05Z"))
                .with(Preferences.USUAL.with(ThemeChoice.DARK))
                .with(new Place(10, 20, 1000, 700, false)));
        before.write();

        MemoryKeeper second = new MemoryKeeper(other, usual, project);
        assertThat(second.now().preferences().theme()).isEqualTo(ThemeChoice.DARK);
        assertThat(second.now().place()).isEqualTo(new Place(10, 20, 1000, 700, false));
        assertThat(second.now().setups()).isEmpty();
        second.change(memory ->
                memory.with(Preferences.USUAL.withTextSize(150)).with(setup("cells", "2026-01-03T03:04:05Z")));
        second.write();

        MemoryKeeper first = new MemoryKeeper(usual, usual, project);
        assertThat(first.now().preferences()).isEqualTo(Preferences.USUAL.withTextSize(150));
        assertThat(first.now().setups()).extracting(Setup::data).containsExactly(Path.of("flowers"));
    }

    @Test
    void whatLiesInTheProjectIsFoundWhereTheProjectWasMoved() throws IOException {
        Path before = project.resolve("before");
        Path inside = Files.createDirectories(before.resolve("data/cells"));
        Path run = Files.createDirectories(before.resolve("runs/0002"));
        Path outside = project.resolve("elsewhere.onnx").toAbsolutePath();
        MemoryKeeper keeper = new MemoryKeeper(before);
        keeper.change(memory -> memory.with(
                        new Setup(inside, outside, "head", "", Map.of(), "TOP", null, run, "2026-01-02T03:04:05Z"))
                .withData(new Opened(inside, "cells", "12")));
        keeper.write();
        Path after = Files.move(before, project.resolve("after"));
        assertThat(Files.readString(after.resolve("window.json"))).doesNotContain("before");

        Setup setup = new MemoryKeeper(after).now().setups().get(0);
        assertThat(setup.data()).isEqualTo(after.resolve("data/cells").toAbsolutePath());
        assertThat(setup.run()).isEqualTo(after.resolve("runs/0002").toAbsolutePath());
        assertThat(setup.network()).isEqualTo(outside);

        Json.write(after.resolve("window.json"), keeper.now()); // as an earlier version wrote it
        assertThat(new MemoryKeeper(after).now().data().get(0).file())
                .isEqualTo(after.resolve("data/cells").toAbsolutePath());
    }

    @Test
    void changesAreWrittenByThemselves() throws Exception {
        MemoryKeeper keeper = new MemoryKeeper(project);
        keeper.change(memory -> memory.withScreen("deploy"));
        Path file = project.resolve("window.json");
        for (int i = 0; i < 500 && !Files.exists(file); i++) {
            Thread.sleep(10);
        }
        assertThat(Memory.read(file).screen()).isEqualTo("deploy");
    }

    @Test
    void aDamagedFileIsPutAsideAndNothingIsRemembered() throws IOException {
        Files.writeString(project.resolve("window.json"), "{\"screen\": ");
        assertThat(new MemoryKeeper(project).now()).isEqualTo(Memory.NONE);
        assertThat(project.resolve("window.json.damaged")).hasContent("{\"screen\": ");
    }

    @Test
    void theLatestSetUpOfTheSameDataComesFirstAndOnce() {
        Memory memory = Memory.NONE.with(setup("a", "1")).with(setup("b", "2")).with(setup("a", "3"));
        assertThat(memory.setups()).extracting(Setup::when).containsExactly("3", "2");
    }

    @Test
    void theNameThatTheUserGaveStays() {
        Path file = Path.of("x.csv");
        Memory memory = Memory.NONE.withData(new Opened(file, "mails", "10")).withData(new Opened(file, "x.csv", "12"));
        assertThat(memory.data()).containsExactly(new Opened(file, "mails", "12"));
    }
}
