package graft.app.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunPicturesTest {
    private static PastRun run(String folder, String name) {
        RunSubject subject =
                new RunSubject(Path.of("net.onnx"), Path.of("data"), "all", 7, 0, "sgd", 0.02, 4, false, "all", name);
        return new PastRun(
                Path.of("runs", folder),
                subject,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                "accuracy",
                Optional.empty());
    }

    @Test
    void runsOfOneNameAreToldApartInTheLegend() {
        assertThat(RunPictures.namesOf(List.of(run("0003", "leaves"), run("0004", "bark"), run("0007", "leaves"))))
                .containsExactly("leaves · 0003", "bark", "leaves · 0007");
    }
}
