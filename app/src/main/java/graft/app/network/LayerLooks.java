package graft.app.network;

import graft.app.jobs.Job;
import graft.app.jobs.JobRunner;
import graft.app.jobs.Worker;
import graft.evaluate.LayerResponse;
import graft.image.Preprocessing;
import graft.network.Layer;
import graft.network.WeightHistogram;
import graft.worker.Response;
import graft.worker.WeightNumbers;
import graft.worker.Works;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/** What is known of layers only once their file is asked: the numbers of their weights, and what they give for a picture. */
final class LayerLooks {
    private final NetworkViewModel networks;
    private final JobRunner jobs;
    private final Worker worker;
    private final ReadOnlyObjectWrapper<WeightHistogram> histogram = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<LayerResponse> response = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private Job weighing;
    private Job responding;
    private int asked;

    LayerLooks(NetworkViewModel networks, JobRunner jobs, Worker worker) {
        this.networks = networks;
        this.jobs = jobs;
        this.worker = worker;
    }

    /** Forgets what was shown: something else is selected. */
    void clear() {
        asked++;
        for (Job job : new Job[] {weighing, responding}) {
            if (job != null) {
                job.cancel();
            }
        }
        histogram.set(null);
        response.set(null);
        problem.set("");
    }

    /** Asks for both; what arrives is shown unless something else is selected by then. */
    void ask(Collection<Layer> layers) {
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
        askResponse(opened, List.copyOf(layers), mine);
    }

    private void askResponse(OpenedNetwork opened, List<Layer> layers, int mine) {
        Optional<Path> picture = picture();
        Preprocessing how = networks.preprocessingProperty().get();
        String tensor = layers.get(layers.size() - 1).output();
        boolean maps = networks.shape(tensor)
                .map(shape -> shape.length == 3 || shape.length == 4)
                .orElse(false);
        boolean own = opened.network().model().graph().producers().containsKey(tensor);
        if (picture.isEmpty() || how == null || !maps || !own) {
            return;
        }
        responding = jobs.start(
                Texts.of("network.looks.responding"),
                progress -> worker.ask(
                        Works.RESPONSE,
                        new Response.Plan(opened.file(), opened.reading(), how, picture.get(), tensor),
                        progress),
                result -> {
                    if (mine == asked) {
                        response.set(result);
                    }
                },
                words -> {
                    if (mine == asked) {
                        problem.set(words);
                    }
                });
    }

    /** The picture that layers are shown with: the first of the data; empty where they are no pictures. */
    Optional<Path> picture() {
        return Optional.ofNullable(networks.examples().getValue())
                .flatMap(open -> open.files())
                .flatMap(files -> files.files().stream().findFirst())
                .map(found -> found.file());
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
