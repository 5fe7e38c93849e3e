package graft.app.network;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.InProcessWorker;
import graft.app.jobs.DirectJobRunner;
import graft.app.jobs.Job;
import graft.app.jobs.JobRunner;
import graft.app.network.GraphViewModel.State;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphViewModelTest {
    @TempDir
    Path folder;

    /** Does everything at once but layouts, which wait. */
    private static final class HeldLayouts implements JobRunner {
        private final DirectJobRunner runner = new DirectJobRunner();
        private final List<Job> held = new ArrayList<>();
        private final List<Runnable> waiting = new ArrayList<>();

        @Override
        public <T> Job start(String title, Work<T> work, Consumer<? super T> done, Consumer<String> failed) {
            if (!title.equals(Texts.of("network.laying"))) {
                return runner.start(title, work, done, failed);
            }
            Job job = new Job(title);
            held.add(job);
            waiting.add(() -> runner.start(title, work, done, failed));
            return job;
        }

        @Override
        public ObservableList<Job> jobs() {
            return FXCollections.observableArrayList(held);
        }
    }

    private final HeldLayouts jobs = new HeldLayouts();
    private final NetworkViewModel networks =
            new NetworkViewModel(jobs, new InProcessWorker(), new SimpleObjectProperty<>(List.of("a", "b")));
    private final GraphViewModel graph = new GraphViewModel(networks);

    private void open(int convolutions) {
        networks.open(SmallNetworks.write(folder.resolve("chain" + convolutions + ".onnx"), convolutions));
    }

    @Test
    void theOldDrawingGoesWhenAnotherNetworkComes() {
        open(2);
        jobs.waiting.get(0).run();
        assertThat(graph.drawingProperty().get().file()).hasFileName("chain2.onnx");
        assertThat(graph.stateProperty().get()).isEqualTo(State.DRAWN);
        open(3);
        assertThat(graph.drawingProperty().get()).isNull();
        assertThat(graph.stateProperty().get()).isEqualTo(State.DRAWING);
    }

    @Test
    void aNewerRequestEndsTheOlderWhichIsNotShownAnyMore() {
        open(2);
        open(3);
        assertThat(jobs.held).extracting(Job::isCancelled).containsExactly(true, false);
        jobs.waiting.get(1).run();
        jobs.waiting.get(0).run();
        assertThat(graph.drawingProperty().get().file()).hasFileName("chain3.onnx");
        graph.choose(GraphLevel.OPERATORS);
        graph.choose(GraphLevel.LAYERS);
        assertThat(jobs.held).extracting(Job::isCancelled).containsExactly(true, true, true, false);
    }

    @Test
    void aNetworkThatIsReadAnewIsDrawnAnew() {
        open(2);
        jobs.waiting.get(0).run();
        open(2);
        assertThat(graph.stateProperty().get()).isEqualTo(State.DRAWING);
    }
}
