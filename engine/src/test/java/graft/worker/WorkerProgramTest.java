package graft.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import graft.catalog.BuiltInNetwork;
import graft.files.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The process itself: what it does not understand costs one answer, not the process. */
@Timeout(60)
class WorkerProgramTest {
    @Test
    void whatIsNotUnderstoodIsAnsweredInWordsAndTheNextWorkIsDone() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "graft.worker.WorkerProgram")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (Writer requests = process.outputWriter();
                BufferedReader answers = process.inputReader()) {
            for (String line : List.of(
                    "{\"id\": 1, \"work\": \"dance\", \"plan\": {}}",
                    "no JSON",
                    "{\"id\": 2}",
                    "{\"id\": 3, \"work\": \"open\", \"plan\": {}}",
                    "{\"id\": 4, \"work\": \"open\", \"plan\": [7]}",
                    Json.write(Map.of("id", 5, "work", "open", "plan", new Opening.Plan(BuiltInNetwork.file()))))) {
                requests.write(line + "\n");
            }
            requests.flush();
            for (int answer = 0; answer < 5; answer++) {
                JsonNode failed = Json.parse(answers.readLine());
                assertThat(failed.path("failed").asText())
                        .as(failed.toString())
                        .contains(
                                switch (failed.path("id").asInt()) {
                                    case 0 -> "not understood";
                                    case 1 -> "\"dance\"";
                                    case 2 -> "\"\"";
                                    default -> "the plan of the work \"open\"";
                                });
            }
            JsonNode done = Json.parse(answers.readLine());
            assertThat(done.path("id").asInt()).isEqualTo(5);
            assertThat(done.has("done")).as(done.toString()).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }
}
