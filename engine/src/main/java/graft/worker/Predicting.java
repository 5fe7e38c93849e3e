package graft.worker;

import graft.meaning.Reading;
import graft.onnx.NetworkFile;
import graft.predict.CsvAnswers;
import graft.predict.JsonAnswers;
import graft.predict.Prediction;
import graft.predict.PredictionPlan;
import graft.predict.Predictor;
import graft.predict.ToldAnswers;
import graft.progress.Progress;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What {@code graft predict} does, with the answers told as they come and kept as both kinds of file. */
public final class Predicting {
    /** Of {@link Plan#kept}. */
    public static final String CSV = "answers.csv";

    public static final String JSON_LINES = "answers.jsonl";

    private Predicting() {}

    /**
     * What is asked.
     *
     * @param file the network's
     * @param reading what the user says of it
     * @param inputs files and folders
     * @param how which columns of tables are read
     * @param kept a folder for the answers
     * @param top how many of the likeliest classes are told
     */
    public record Plan(Path file, Reading reading, List<Path> inputs, HowRead how, Path kept, int top)
            implements Work.Plan {
        @Override
        public List<Path> files() {
            List<Path> out = new ArrayList<>(List.of(file));
            out.addAll(inputs);
            return List.copyOf(out);
        }
    }

    static Prediction run(Plan plan, Progress progress) throws IOException {
        NetworkFile network = NetworkFile.at(plan.file());
        PredictionPlan asked = new PredictionPlan(plan.reading(), plan.inputs(), plan.top(), false, 0);
        graft.task.Reading.How how = new graft.task.Reading.How(
                network.model(),
                () -> Optional.of(Asking.preparation(plan.file(), network.model())),
                plan.how().settings(),
                Set.of());
        Files.createDirectories(plan.kept());
        try (OutputStream csv = new BufferedOutputStream(
                        Files.newOutputStream(plan.kept().resolve(CSV)));
                OutputStream lines = new BufferedOutputStream(
                        Files.newOutputStream(plan.kept().resolve(JSON_LINES)))) {
            return new Predictor(asked, network, how)
                    .run(new ToldAnswers(List.of(new CsvAnswers(csv), new JsonAnswers(lines)), progress), progress);
        }
    }
}
