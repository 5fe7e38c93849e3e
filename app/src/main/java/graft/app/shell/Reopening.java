package graft.app.shell;

import graft.app.controls.Numbers;
import graft.app.data.DataViewModel;
import graft.app.memory.Setup;
import graft.app.network.NetworkViewModel;
import graft.app.runs.RunsViewModel;
import graft.app.task.ExampleSet;
import graft.app.train.PastRun;
import graft.app.train.RunState;
import graft.app.train.TrainViewModel;
import graft.project.RunEntry;
import graft.run.FineTuningPlan;
import graft.run.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javafx.animation.PauseTransition;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.util.Duration;

/** Opens again what was open before, and runs of the past with what they were made of. */
final class Reopening {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.workbench");

    /** Between two looks at a run that goes on without a window. */
    private static final Duration AGAIN = Duration.seconds(3);

    private final DataViewModel data;
    private final NetworkViewModel network;
    private final TrainViewModel train;
    private final RunsViewModel runs;
    private final Remembering remembering;
    private final StringProperty problem;
    private final ReadOnlyStringWrapper goingOn = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<Gone> gone = new ReadOnlyObjectWrapper<>();
    /** Whether another project, or none, is shown in its place. */
    private boolean left;
    /** Whose latest run is shown as soon as all of it is there; null where none is awaited. */
    private Setup awaited;

    /** Data or a network that a run was made of, and the run's plan with them at another place. */
    record Gone(PastRun past, Path file, Function<Path, FineTuningPlan> there) {
        boolean isNetwork() {
            return past.plan().map(FineTuningPlan::network).filter(file::equals).isPresent();
        }
    }

    /** @param problem is told what cannot be opened */
    Reopening(
            DataViewModel data,
            NetworkViewModel network,
            TrainViewModel train,
            RunsViewModel runs,
            Remembering remembering,
            StringProperty problem) {
        this.data = data;
        this.network = network;
        this.train = train;
        this.runs = runs;
        this.remembering = remembering;
        this.problem = problem;
        runs.runs().addListener((ListChangeListener<RunEntry>) change -> showAwaited());
        data.examplesProperty().addListener((property, old, set) -> showAwaited());
        network.networkProperty().addListener((property, old, now) -> showAwaited());
        problem.addListener((property, old, words) -> gone.set(null)); // other words stand there now
    }

    void leave() {
        left = true;
    }

    /** Puts back what was open last, with its latest run; false where nothing was. */
    boolean restoreLast() {
        Optional<Setup> last = remembering.last();
        last.ifPresent(this::restore);
        return last.isPresent();
    }

    /** Puts back a part of what was open last, where something else comes in place of the rest. */
    void restoreLast(UnaryOperator<Setup> part) {
        remembering.last().map(part).ifPresent(remembering::restore);
    }

    /** Puts back what somebody worked with, with its latest run. */
    void restore(Setup setup) {
        problem.set("");
        goingOn.set("");
        remembering.restore(setup);
        runs.refresh(problem::set);
        awaited = setup;
        showAwaited();
    }

    private void showAwaited() {
        if (awaited == null || !remembering.isOpen(awaited)) {
            return;
        }
        if (train.run().stateProperty().get() != RunState.NONE) {
            awaited = null; // the user was quicker
            return;
        }
        remembering.run(awaited, runs.runs()).ifPresent(run -> {
            awaited = null;
            // Its set-up is not put back: what was changed since then is.
            runs.open(run, train.run()::show, problem::set);
            if (RunFolder.isHeld(Path.of(run.folder()))) {
                goingOn.set(TEXTS.getString("run.background"));
                PauseTransition wait = new PauseTransition(AGAIN);
                wait.setOnFinished(event -> lookAgain(run));
                wait.play();
            }
        });
    }

    private void lookAgain(RunEntry run) {
        if (left) {
            return;
        }
        boolean going = RunFolder.isHeld(Path.of(run.folder()));
        if (train.run().stateProperty().get().isUnderWay()) {
            goingOn.set("");
            return;
        }
        runs.lookAgain(run, train.run()::show, problem::set);
        if (going) {
            PauseTransition wait = new PauseTransition(AGAIN);
            wait.setOnFinished(event -> lookAgain(run));
            wait.play();
        } else {
            goingOn.set("");
            runs.refresh(problem::set);
        }
    }

    /** Shows a run of the past. */
    void open(RunEntry run) {
        runs.open(run, this::show, problem::set);
    }

    /** Shows a run of the past, unless another is under way: that one's page stays. */
    void show(PastRun past) {
        if (!train.run().show(past)) {
            problem.set(TEXTS.getString("run.busy"));
            return;
        }
        problem.set("");
        gone.set(null);
        train.overlays().clear();
        past.plan().ifPresent(plan -> restore(past, plan));
    }

    /** Takes the run in a {@code .graft} file into the project, and shows it. */
    void openRun(Path file) {
        problem.set("");
        runs.openPack(file, run -> runs.open(run, this::show, problem::set), problem::set);
    }

    /** Opens what a run was made of; what is gone meanwhile is named, and may be said to lie elsewhere. */
    private void restore(PastRun past, FineTuningPlan plan) {
        if (!Files.exists(plan.data())) {
            gone(new Gone(past, plan.data(), plan::withData));
        } else if (!Files.exists(plan.network())) {
            gone(new Gone(past, plan.network(), plan::withNetwork));
        }
        train.restore(plan);
        if (Files.exists(plan.data())
                && !isOpen(plan.data(), data.examplesProperty().map(ExampleSet::source))) {
            data.open(plan.data());
        }
        if (Files.exists(plan.network()) && !isOpen(plan.network(), network.fileProperty())) {
            network.open(plan.network());
        }
    }

    private void gone(Gone what) {
        problem.set(Numbers.message(TEXTS.getString("run.gone"), what.file()));
        gone.set(what);
    }

    /** What is gone lies there now: the run is of it from now on, and is set up again. */
    void locate(Path place) {
        Gone what = gone.get();
        if (what == null) {
            return;
        }
        PastRun there = what.past().at(what.there().apply(place));
        runs.relocate(there, this::show, problem::set);
    }

    /** Nobody wants to say where it is. */
    void dismissGone() {
        gone.set(null);
    }

    /** What of the run shown is not where it was; null where all of it is. */
    ReadOnlyObjectProperty<Gone> goneProperty() {
        return gone.getReadOnlyProperty();
    }

    private static boolean isOpen(Path file, ObservableValue<Path> open) {
        return open.getValue() != null
                && open.getValue()
                        .toAbsolutePath()
                        .normalize()
                        .equals(file.toAbsolutePath().normalize());
    }

    /** What the run shown does in another process; "" where it does nothing there. */
    ReadOnlyStringProperty goingOnProperty() {
        return goingOn.getReadOnlyProperty();
    }
}
