package graft.app.network;

import graft.app.jobs.Job;
import graft.app.jobs.JobRunner;
import graft.app.jobs.Worker;
import graft.app.task.ExampleSet;
import graft.app.task.Shown;
import graft.evaluate.LayerResponse;
import graft.image.Preprocessing;
import graft.network.Layer;
import graft.network.WeightHistogram;
import graft.text.TextExample;
import graft.text.TextInputs;
import graft.worker.Response;
import graft.worker.WeightNumbers;
import graft.worker.Works;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/** What is known of layers only once their file is asked: the numbers of their weights, and what they give for an example. */
final class LayerLooks {
    private final NetworkViewModel networks;
    private final JobRunner jobs;
    private final Worker worker;
    private final ReadOnlyObjectWrapper<WeightHistogram> histogram = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<LayerResponse> response = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper answering = new ReadOnlyBooleanWrapper();
    private final ChosenExample example;
    private Optional<String> tensor = Optional.empty();
    private Job weighing;
    private Job responding;
    private int asked;

    LayerLooks(NetworkViewModel networks, JobRunner jobs, Worker worker) {
        this.networks = networks;
        this.jobs = jobs;
        this.worker = worker;
        this.example = new ChosenExample(networks.examples());
        example.exampleProperty().addListener((property, old, now) -> askAgain());
    }

    /** What layers are shown with. */
    ChosenExample example() {
        return example;
    }

    /** Forgets what was shown: something else is selected. */
    void clear() {
        asked++;
        for (Job job : new Job[] {weighing, responding}) {
            if (job != null) {
                job.cancel();
            }
        }
        tensor = Optional.empty();
        answering.set(false);
        histogram.set(null);
        response.set(null);
        problem.set("");
    }

    /** Asks for both; what arrives is shown unless something else is selected by then. */
    void ask(List<Layer> layers) {
        OpenedNetwork opened = networks.opened();
        clear();
        // The first of each: shifts and the scales of a norm are of another size, and few.
        List<String> weights = layers.stream()
                .flatMap(layer -> layer.weights().stream().limit(1))
                .distinct()
                .toList();
        if (opened == null || layers.isEmpty()) {
            return;
        }
        int mine = asked;
        if (!weights.isEmpty()) {
            weighing = jobs.start(
                    Texts.of("network.looks.weighing"),
                    progress -> worker.ask(
                            Works.WEIGHTS, new WeightNumbers.Plan(opened.file(), opened.reading(), weights), progress),
                    result -> {
                        if (mine == asked) {
                            histogram.set(result);
                        }
                    },
                    words -> {
                        if (mine == asked) {
                            problem.set(words);
                        }
                    });
        }
        tensor = Optional.of(layers.get(layers.size() - 1).output()).filter(output -> givesMaps(opened, output));
        answering.set(tensor.isPresent());
        askResponse(opened);
    }

    private boolean givesMaps(OpenedNetwork opened, String output) {
        return networks.shape(output)
                        .map(shape -> shape.length == 3 || shape.length == 4)
                        .orElse(false)
                && opened.network().model().graph().producers().containsKey(output);
    }

    /** The same layer on another example: what it gave before stays until the new answer is there. */
    private void askAgain() {
        if (responding != null) {
            responding.cancel();
        }
        if (networks.opened() != null && tensor.isPresent()) {
            problem.set("");
            askResponse(networks.opened());
        }
    }

    private void askResponse(OpenedNetwork opened) {
        Shown shown = example.exampleProperty().get();
        Optional<Preprocessing> how =
                Optional.ofNullable(networks.preprocessingProperty().get());
        boolean texts = TextInputs.areOf(opened.network().model().graph());
        if (shown == null || tensor.isEmpty() || !texts && how.isEmpty()) {
            response.set(null);
            return;
        }
        ExampleSet data = networks.examples().getValue();
        String output = tensor.get();
        int mine = asked;
        responding = jobs.start(
                Texts.of("network.looks.responding"),
                progress -> worker.ask(
                        Works.RESPONSE,
                        new Response.Plan(
                                opened.file(),
                                opened.reading(),
                                how,
                                shown.file(),
                                texts ? text(data, shown) : Optional.empty(),
                                output),
                        progress),
                result -> {
                    if (mine == asked && shown == example.exampleProperty().get()) {
                        response.set(result);
                    }
                },
                words -> {
                    if (mine == asked && shown == example.exampleProperty().get()) {
                        response.set(null);
                        problem.set(words);
                    }
                });
    }

    /** Empty where it is still to be read from its file. */
    private static Optional<TextExample> text(ExampleSet data, Shown shown) {
        return data == null || shown.key().isEmpty()
                ? Optional.empty()
                : data.texts().stream()
                        .filter(each -> each.name().equals(shown.key()))
                        .findFirst();
    }

    /** Whether the layer that is selected gives something that can be looked at. */
    ReadOnlyBooleanProperty answeringProperty() {
        return answering.getReadOnlyProperty();
    }

    /** The data to choose an example of; null while there are none. */
    ExampleSet data() {
        return networks.examples().getValue();
    }

    /** Null as long as it is not known. */
    ReadOnlyObjectProperty<WeightHistogram> histogramProperty() {
        return histogram.getReadOnlyProperty();
    }

    /** Null as long as it is not known. */
    ReadOnlyObjectProperty<LayerResponse> responseProperty() {
        return response.getReadOnlyProperty();
    }

    /** Why one of them is not shown; "" where nothing is wrong. */
    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }
}
