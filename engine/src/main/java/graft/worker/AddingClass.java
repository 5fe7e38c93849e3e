package graft.worker;

import graft.fewshot.AddedClass;
import graft.fewshot.ClassAdder;
import graft.meaning.Reading;
import graft.onnx.NetworkFile;
import graft.options.Settings;
import graft.progress.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Gives a network whose classes are means of examples a class more, without training. */
public final class AddingClass {
    private AddingClass() {}

    /**
     * What is to be added.
     *
     * @param file the network's
     * @param name of the class; one that the network knows gets more examples
     * @param inputs the examples: files and folders
     * @param out the file that is written
     */
    public record Plan(Path file, String name, List<Path> inputs, Path out) implements Work.Plan {
        @Override
        public List<Path> files() {
            List<Path> all = new ArrayList<>(List.of(file));
            all.addAll(inputs);
            return List.copyOf(all);
        }
    }

    static AddedClass run(Plan plan, Progress progress) {
        NetworkFile network = NetworkFile.at(plan.file());
        return new ClassAdder(
                        network,
                        Reading.USUAL,
                        plan.name(),
                        plan.inputs(),
                        new graft.task.Reading.How(
                                network.model(),
                                () -> Optional.of(Asking.preparation(plan.file(), network.model())),
                                Settings.NONE,
                                Set.of()),
                        plan.out(),
                        0)
                .add(progress);
    }
}
