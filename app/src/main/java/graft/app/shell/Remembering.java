package graft.app.shell;

import com.fasterxml.jackson.databind.JsonNode;
import graft.Refusal;
import graft.app.controls.Counts;
import graft.app.data.DataViewModel;
import graft.app.memory.MemoryKeeper;
import graft.app.memory.Opened;
import graft.app.memory.Setup;
import graft.app.network.NetworkViewModel;
import graft.app.task.ExampleSet;
import graft.app.train.HeadAgain;
import graft.app.train.Recipe;
import graft.app.train.RunSettings;
import graft.app.train.TrainViewModel;
import graft.image.Preprocessing;
import graft.network.Network;
import graft.options.Option;
import graft.options.Settings;
import graft.project.RunEntry;
import graft.run.PlanOptions;
import graft.run.RateKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javafx.beans.property.Property;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableValue;

/** Notes what is on the table as it changes, and puts it back there. */
final class Remembering {
    /** What the padlocks, the screens of steps 1 and 2 and the run's folder say is none of the settings of a run. */
    private static final List<Option<?>> SETTINGS = RunSettings.all();

    private final MemoryKeeper memory;
    private final DataViewModel data;
    private final NetworkViewModel network;
    private final TrainViewModel train;
    private Setup restoring;

    Remembering(MemoryKeeper memory, DataViewModel data, NetworkViewModel network, TrainViewModel train) {
        this.memory = memory;
        this.data = data;
        this.network = network;
        this.train = train;
        data.examplesProperty().addListener((property, old, set) -> {
            if (set != null) {
                memory.change(before -> before.withData(opened(set)));
            }
            note();
        });
        network.networkProperty().addListener((property, old, now) -> {
            Path file = network.fileProperty().get();
            if (now != null && (old == null || !isNoted(file))) {
                memory.change(before -> before.withNetwork(opened(file, now)));
            }
            if (restoring != null && file.equals(restoring.network())) {
                putBack(restoring);
            }
            note();
        });
        train.recipeProperty().addListener((property, old, now) -> note());
        train.settings().rateByTestProperty().addListener((property, old, now) -> note());
        for (Option<?> option : SETTINGS) {
            train.settings().property(option).addListener((property, old, now) -> note());
        }
        network.preprocessingProperty().addListener((property, old, now) -> note());
        train.run().subjectProperty().addListener((property, old, now) -> note());
    }

    /** What was open last; empty where nothing was. */
    Optional<Setup> last() {
        return memory.now().setups().stream().findFirst();
    }

    private boolean isNoted(Path file) {
        return memory.now().networks().stream().anyMatch(each -> each.file().equals(file));
    }

    private static Opened opened(ExampleSet set) {
        return new Opened(set.source(), set.title(), Counts.exact(set.train() + set.val()));
    }

    private static Opened opened(Path file, Network network) {
        return new Opened(
                file,
                file.getFileName().toString().replaceFirst("(?i)\\.onnx$", ""),
                Counts.rounded(network.parameters()));
    }

    private void note() {
        if (restoring != null) {
            return;
        }
        Setup setup = setup();
        List<Setup> known = memory.now().setups();
        if (!setup.isEmpty() && (known.isEmpty() || !known.get(0).isLike(setup))) {
            memory.change(before -> before.with(setup));
        }
    }

    private Setup setup() {
        ExampleSet set = data.examplesProperty().get();
        boolean open = network.networkProperty().get() != null;
        Preprocessing preparation = network.preprocessingProperty().get();
        return new Setup(
                set == null ? null : set.source(),
                open ? network.fileProperty().get() : null,
                open ? trainable() : "head",
                network.features().orElse(""),
                preparation == null ? Map.of() : preparation.toMetadata(),
                train.recipeProperty().get().name(),
                settings().json(SETTINGS),
                shownRun(),
                Instant.now().toString());
    }

    /** The run that is shown, where it is of what is open; while none is, the one that was shown of these data last. */
    private Path shownRun() {
        boolean shown = train.run().subjectProperty().get() != null
                && (train.currentProperty().get()
                        || train.ofDataBeforeProperty().get());
        if (shown) {
            return train.run().folder();
        }
        ExampleSet set = data.examplesProperty().get();
        return memory.now().setups().stream()
                .filter(setup -> set != null && set.source().equals(setup.data()))
                .filter(setup -> network.fileProperty().get() != null
                        && network.fileProperty().get().equals(setup.network()))
                .map(Setup::run)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private String trainable() {
        try {
            return network.trainableSpec();
        } catch (Refusal namesThatCannotBeListed) {
            return "head";
        }
    }

    private Settings settings() {
        Settings out = Settings.NONE;
        for (Option<?> option : SETTINGS) {
            out = with(out, option);
        }
        return train.settings().rateByTestProperty().get() ? out.with(PlanOptions.LEARNING_RATE, RateKind.AUTO) : out;
    }

    private <T> Settings with(Settings settings, Option<T> option) {
        return settings.with(option, train.settings().property(option).getValue());
    }

    // ---- putting back

    /** Whether the files of a set-up are still there. */
    static boolean isThere(Setup setup) {
        return (setup.data() == null || Files.exists(setup.data()))
                && (setup.network() == null || Files.exists(setup.network()));
    }

    /** Opens everything of a set-up that is still there. */
    void restore(Setup setup) {
        restoring = setup;
        settings(setup);
        if (setup.data() != null && Files.exists(setup.data())) {
            data.open(setup.data());
        }
        if (setup.network() != null && Files.exists(setup.network())) {
            network.open(setup.network());
        } else {
            restoring = null;
        }
        // A network that cannot be opened is told by its screen.
        ChangeListener<String> failed = new ChangeListener<>() {
            @Override
            public void changed(ObservableValue<? extends String> property, String old, String words) {
                if (!words.isEmpty()) {
                    restoring = null;
                }
                if (restoring == null) {
                    property.removeListener(this);
                }
            }
        };
        network.problemProperty().addListener(failed);
    }

    private void putBack(Setup setup) {
        restoring = null;
        if (!setup.features().isEmpty()) {
            network.chooseFeatures(Optional.of(setup.features()));
        }
        if (setup.preparation() != null && !setup.preparation().isEmpty()) {
            Preprocessing.fromMetadata(setup.preparation())
                    .filter(preparation ->
                            !preparation.equals(network.preprocessingProperty().get()))
                    .ifPresent(network.preprocessingProperty()::set);
        }
        if (setup.trainable() != null && !setup.trainable().equals(trainable())) {
            network.apply(setup.trainable());
        }
        recipe(setup.recipe()).ifPresent(train.recipeProperty()::set);
        settings(setup);
    }

    private static Optional<Recipe> recipe(String name) {
        return Arrays.stream(Recipe.values())
                .filter(recipe -> recipe.name().equals(name))
                .findFirst();
    }

    private void settings(Setup setup) {
        if (setup.settings() != null) {
            SETTINGS.forEach(option -> setting(setup.settings(), option));
        }
    }

    private <T> void setting(JsonNode settings, Option<T> option) {
        JsonNode said = settings.path(option.field());
        if (said.isMissingNode()) {
            return; // of an earlier version, which did not know it
        }
        try {
            T value = Settings.NONE.read(said, option).get(option);
            if (value instanceof Double rate && RateKind.isAuto(rate)) {
                train.settings().rateByTestProperty().set(true);
            } else {
                Property<T> property = train.settings().property(option);
                property.setValue(value);
            }
        } catch (Refusal anotherVersionsLimits) {
            // its usual value stays
        }
    }

    /** Whether everything of a set-up is on the table. */
    boolean isOpen(Setup setup) {
        ExampleSet set = data.examplesProperty().get();
        return restoring == null
                && set != null
                && set.source().equals(setup.data())
                && network.networkProperty().get() != null
                && network.fileProperty().get().equals(setup.network());
    }

    /** Of what is open the run that was shown last; where that is gone, the latest. */
    Optional<RunEntry> run(Setup awaited, Collection<RunEntry> runs) {
        return runs.stream()
                .filter(run -> same(run.folder(), awaited.run()))
                .findFirst()
                .or(() -> latestRun(runs));
    }

    private Optional<RunEntry> latestRun(Collection<RunEntry> runs) {
        Setup setup = setup();
        return runs.stream()
                .filter(run -> same(run.data(), setup.data())
                        && (same(run.network(), setup.network())
                                || same(HeadAgain.origin(Path.of(run.network())).toString(), setup.network())))
                .findFirst();
    }

    private static boolean same(String mine, Path open) {
        return open != null
                && Path.of(mine)
                        .toAbsolutePath()
                        .normalize()
                        .equals(open.toAbsolutePath().normalize());
    }
}
