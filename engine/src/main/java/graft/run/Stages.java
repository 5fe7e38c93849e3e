package graft.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import graft.options.Kind;
import graft.options.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The stages of a run, one after the other; none where a plan has a single one, which its settings describe. */
public record Stages(List<Stage> list) {
    public static final Stages NONE = new Stages(List.of());

    public Stages {
        list = List.copyOf(list);
    }

    /**
     * Settings in which each of several stages says everything itself. What is then said of the whole plan sums them up: all their
     * epochs, else the last stage's values. A single stage of no recipe is said by the settings alone.
     */
    static Settings settled(Settings settings) {
        List<Stage> said = settings.get(PlanOptions.STAGES).list();
        if (said.isEmpty()) {
            return once(settings);
        }
        Settings shared = Stage.of(settings).settings();
        List<Stage> full = said.stream()
                .map(stage -> new Stage(once(shared.and(stage.settings()))))
                .toList();
        Settings last = settings.and(full.get(full.size() - 1).settings());
        if (full.size() == 1 && settings.get(PlanOptions.RECIPE).isEmpty()) {
            return last.with(PlanOptions.STAGES, NONE);
        }
        long epochs =
                full.stream().mapToLong(stage -> stage.get(PlanOptions.EPOCHS)).sum();
        return last.with(PlanOptions.STAGES, new Stages(full))
                .with(PlanOptions.EPOCHS, (int) Math.min(epochs, Integer.MAX_VALUE));
    }

    /** What is found at once takes one look at every example. */
    private static Settings once(Settings stage) {
        return stage.get(PlanOptions.FIT).isAtOnce() ? stage.with(PlanOptions.EPOCHS, 1) : stage;
    }

    @Override
    public String toString() {
        return list.stream().map(Stage::toString).collect(Collectors.joining("; "));
    }

    /** How stages are written: one behind the other with a semicolon between them. */
    record Form() implements Kind<Stages> {
        @Override
        public Stages parse(String text) {
            List<Stage> out = new ArrayList<>();
            for (String stage : text.split(";", -1)) {
                if (!stage.isBlank()) {
                    out.add(Stage.parse(stage));
                }
            }
            if (out.isEmpty()) {
                throw new IllegalArgumentException("there is no stage in '" + text + "'");
            }
            return new Stages(out);
        }

        @Override
        public String text(Stages value) {
            return value.toString();
        }

        @Override
        public Optional<String> complaint(Stages value) {
            return Optional.empty(); // each value was checked as it was set
        }

        @Override
        public String label() {
            return "LIST";
        }

        @Override
        public String words() {
            return "stages, a semicolon between them: head epochs=3; last:10 epochs=5 lr=0.001";
        }

        @Override
        public JsonNode json(Stages value) {
            ArrayNode out = JsonNodeFactory.instance.arrayNode();
            value.list().forEach(stage -> out.add(stage.json()));
            return out;
        }

        @Override
        public Stages of(JsonNode json) {
            List<Stage> out = new ArrayList<>();
            json.forEach(stage -> out.add(Stage.of(stage)));
            return new Stages(out);
        }
    }
}
