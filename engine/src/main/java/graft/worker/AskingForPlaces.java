package graft.worker;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import graft.meaning.Reading;
import graft.onnx.NetworkFile;
import graft.options.Settings;
import graft.predict.AnswerWriter;
import graft.predict.Layout;
import graft.predict.PredictionPlan;
import graft.predict.Predictor;
import graft.predict.Said;
import graft.progress.Progress;
import graft.task.Task;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Asks a network whose answers are places in texts: what {@code graft predict} does, for one text. */
final class AskingForPlaces {
    private AskingForPlaces() {}

    static Asking.Answer answer(Asking.Plan plan, Task task, Progress progress) throws IOException {
        if (plan.text().isEmpty()) {
            return ask(plan.file(), plan.example().orElseThrow(), task, progress);
        }
        Path typed = Files.createTempFile("graft-typed", plan.question().isPresent() ? ".jsonl" : ".txt");
        try {
            Files.writeString(typed, content(plan), StandardCharsets.UTF_8);
            return ask(plan.file(), typed, task, progress);
        } finally {
            Files.delete(typed);
        }
    }

    private static String content(Asking.Plan plan) {
        String text = plan.text().orElseThrow();
        return plan.question()
                .map(question -> JsonNodeFactory.instance
                        .objectNode()
                        .put("passage", text)
                        .put("question", question)
                        .toString())
                .orElse(text);
    }

    private static Asking.Answer ask(Path network, Path text, Task task, Progress progress) {
        NetworkFile file = NetworkFile.at(network);
        First first = new First();
        new Predictor(
                        new PredictionPlan(Reading.USUAL, List.of(text), 1, false, 0),
                        file,
                        new graft.task.Reading.How(file.model(), Optional::empty, Settings.NONE, Set.of()),
                        Optional.of(task))
                .run(first, progress);
        Said said = first.said.get(0);
        return new Asking.Answer(said.text(), List.of(), List.of(), false, said.entities());
    }

    private static final class First implements AnswerWriter {
        private final List<Said> said = new ArrayList<>();

        @Override
        public void begin(Layout layout) {
            // nothing is laid out
        }

        @Override
        public void write(Said answer) {
            said.add(answer);
        }
    }
}
