package graft.app.train;

import graft.app.jobs.Job;
import graft.app.jobs.JobRunner;
import graft.app.task.ExampleSet;
import graft.image.Augmentation;
import graft.image.AugmentedViews;
import graft.image.Picture;
import graft.image.PictureFiles.Found;
import graft.image.Preprocessing;
import graft.run.PlanOptions;
import java.nio.file.Path;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableValue;

/** Six versions of a picture as training would show them, by what is set just now. */
public final class AugmentationPreview {
    static final int VERSIONS = 6;

    private final JobRunner jobs;
    private final RunSettings settings;
    private final ObservableValue<ExampleSet> data;
    private final ObservableValue<Preprocessing> how;
    private final ReadOnlyObjectWrapper<List<Picture>> views = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final StringBinding says;
    private Job job;
    private boolean watched;
    private int example;
    private long first = 1;
    private int asked;

    AugmentationPreview(
            JobRunner jobs,
            RunSettings settings,
            ObservableValue<ExampleSet> data,
            ObservableValue<Preprocessing> how) {
        this.jobs = jobs;
        this.settings = settings;
        this.data = data;
        this.how = how;
        this.says = Bindings.createStringBinding(
                this::say, data, how, problem, settings.property(PlanOptions.AUGMENT), views);
        settings.property(PlanOptions.AUGMENT).addListener((property, old, now) -> draw());
        settings.property(PlanOptions.SEED).addListener((property, old, now) -> draw());
        how.addListener((property, old, now) -> draw());
        data.addListener((property, old, now) -> {
            example = 0;
            first = 1;
            draw();
        });
    }

    private String say() {
        if (!problem.get().isEmpty()) {
            return problem.get();
        }
        ExampleSet set = data.getValue();
        if (set == null) {
            return TrainViewModel.text("augment.needs");
        }
        if (set.files().isEmpty()) {
            return TrainViewModel.text("augment.of.texts");
        }
        if (how.getValue() == null) {
            return TrainViewModel.text("augment.needs");
        }
        return settings.property(PlanOptions.AUGMENT).getValue().isNone()
                ? TrainViewModel.text("augment.off")
                : TrainViewModel.text("augment.shown", file().getFileName(), first, first + VERSIONS - 1);
    }

    private Path file() {
        List<Found> all = data.getValue().files().orElseThrow().files();
        return all.get(Math.floorMod(example, all.size())).file();
    }

    /** Whether somebody looks: nothing is drawn for nobody. */
    void watch(boolean looked) {
        watched = looked;
        draw();
    }

    /** The next versions of the same picture. */
    void another() {
        first += VERSIONS;
        draw();
    }

    /** Another picture, spread over the data set. */
    void anotherPicture() {
        ExampleSet set = data.getValue();
        if (set != null && set.files().isPresent()) {
            example += 1 + set.files().get().files().size() / 7;
            first = 1;
            draw();
        }
    }

    private void draw() {
        int mine = ++asked;
        problem.set("");
        if (job != null) {
            job.cancel();
        }
        Augmentation wanted = settings.property(PlanOptions.AUGMENT).getValue();
        boolean possible = watched
                && data.getValue() != null
                && data.getValue().files().isPresent()
                && how.getValue() != null
                && wanted != null
                && !wanted.isNone();
        if (!possible) {
            views.set(List.of());
            return;
        }
        Path file = file();
        Preprocessing prepared = how.getValue();
        long seed = settings.property(PlanOptions.SEED).getValue();
        long from = first;
        job = jobs.start(
                TrainViewModel.text("augment.drawing"),
                progress -> AugmentedViews.of(file, prepared, wanted, seed, from, VERSIONS),
                drawn -> {
                    if (mine == asked) {
                        views.set(drawn);
                    }
                },
                words -> {
                    if (mine == asked) {
                        views.set(List.of());
                        problem.set(words);
                    }
                });
    }

    /** Empty where there is nothing to vary. */
    ReadOnlyObjectProperty<List<Picture>> viewsProperty() {
        return views.getReadOnlyProperty();
    }

    /** What is shown, or why nothing is. */
    StringBinding saysProperty() {
        return says;
    }

    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }
}
