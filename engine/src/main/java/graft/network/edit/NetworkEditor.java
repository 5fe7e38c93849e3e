package graft.network.edit;

import graft.Refusal;
import graft.files.OutputPlace;
import graft.inference.ExampleInputs;
import graft.inference.OrtSession;
import graft.meaning.Reading;
import graft.network.Importer;
import graft.network.Network;
import graft.onnx.MadeByGraft;
import graft.onnx.Model;
import graft.onnx.OnnxFile;
import graft.onnx.Values;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Edits the graph of a network and writes it as another file, once ONNX Runtime runs it. */
public final class NetworkEditor {
    private NetworkEditor() {}

    /** @param out another file than {@code file}, which is never changed */
    public record Plan(Path file, Reading reading, List<Edit> edits, Path out) {}

    /**
     * @param parameters of the edited network
     * @param difference the largest between answers of both networks to one random example; empty where the answers are of
     *     other kinds
     * @param outputs the edited network's
     */
    public record Result(Path file, long parameters, OptionalDouble difference, List<String> outputs) {}

    /** @throws Refusal for what cannot be done, in words for the user; then nothing is written */
    public static Result run(Plan plan) {
        if (plan.edits().isEmpty()) {
            throw new Refusal("Nothing is to be changed in " + plan.file() + ": say what to insert, delete or cut.");
        }
        OutputPlace.checkFile(plan.out(), MadeByGraft::isOn, plan.file());
        Network before = Importer.open(plan.file(), plan.reading());
        Network network = before;
        for (Edit edit : plan.edits()) {
            Model model = network.asFile(new EditedGraph(plan.file(), network).after(edit));
            network = Importer.of(plan.file(), model, Reading.USUAL);
        }
        Model edited = network.asFile(network.model());
        OptionalDouble difference = difference(before.model(), edited);
        OnnxFile.write(MadeByGraft.note(MadeByGraft.forget(edited)), plan.out());
        return new Result(
                plan.out(), network.parameters(), difference, edited.graph().outputNames());
    }

    private static OptionalDouble difference(Model before, Model after) {
        Map<String, Values> example = ExampleInputs.random(after.graph(), 1, 1);
        Map<String, Values> now;
        try (OrtSession session = OrtSession.openPlain(after)) {
            now = session.run(session.taken(example));
        }
        try (OrtSession session = OrtSession.openPlain(before)) {
            Map<String, Values> then = session.run(session.taken(ExampleInputs.random(before.graph(), 1, 1)));
            double most = 0;
            for (Map.Entry<String, Values> output : now.entrySet()) {
                Values old = then.get(output.getKey());
                if (old == null || !Arrays.equals(old.shape(), output.getValue().shape())) {
                    return OptionalDouble.empty();
                }
                float[] a = old.toTensor("").toFloats();
                float[] b = output.getValue().toTensor("").toFloats();
                for (int i = 0; i < a.length; i++) {
                    most = Math.max(most, Math.abs((double) a[i] - b[i]));
                }
            }
            return OptionalDouble.of(most);
        }
    }
}
