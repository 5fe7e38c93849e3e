package graft.worker;

import graft.Refusal;
import graft.data.DataSet;
import graft.data.Examples;
import graft.data.Parts;
import graft.embed.Neighbours;
import graft.image.Preprocessing;
import graft.meaning.Reading;
import graft.onnx.NetworkFile;
import graft.options.Settings;
import graft.progress.Progress;
import graft.task.Reading.How;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Looks for the examples that a network sees as most like one of them. */
public final class Resembling {
    private Resembling() {}

    /**
     * @param network its file
     * @param reading what the user says of it
     * @param how what the user says of the data
     * @param preparation of pictures; empty = as the file says
     * @param example the name of the one that others are to be like
     * @param count of the nearest
     */
    public record Plan(
            Path network,
            Path data,
            Reading reading,
            HowRead how,
            Optional<Preprocessing> preparation,
            String example,
            int count)
            implements Work.Plan {
        @Override
        public Path file() {
            return network;
        }

        @Override
        public List<Path> files() {
            return List.of(network, data);
        }
    }

    static Neighbours run(Plan plan, Progress progress) {
        Settings said = plan.how().settings();
        NetworkFile file = NetworkFile.at(plan.network());
        Optional<Preprocessing> prepared = plan.preparation().isPresent()
                ? plan.preparation()
                : Judging.preparation(plan.network(), plan.data(), said);
        DataSet examples = Judging.open(plan.network(), plan.data(), prepared, said, progress);
        if (!holds(examples, plan.example())) {
            // Any other name would be taken for words that are asked about.
            throw new Refusal("There is no example \"" + plan.example() + "\" in " + plan.data()
                    + " that can be read. Read the data again, and ask about another one.");
        }
        return Neighbours.of(
                file,
                plan.reading(),
                examples,
                List.of(plan.example()),
                plan.count(),
                new How(file.model(), () -> prepared, said, Set.of()),
                0,
                progress);
    }

    private static boolean holds(DataSet data, String name) {
        for (Parts part : Parts.values()) {
            if (part == Parts.TEST && data.test().isEmpty()) {
                continue;
            }
            Examples examples = data.part(part);
            if (IntStream.range(0, examples.size())
                    .anyMatch(i -> examples.name(i).equals(name))) {
                return true;
            }
        }
        return false;
    }
}
