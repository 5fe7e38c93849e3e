package graft.worker;

import graft.Refusal;
import graft.data.Examples;
import graft.evaluate.LayerProbe;
import graft.evaluate.LayerResponse;
import graft.image.LoosePictures;
import graft.image.Preprocessing;
import graft.meaning.Reading;
import graft.network.Importer;
import graft.onnx.Model;
import graft.progress.Progress;
import graft.text.TextDataSet;
import graft.text.TextExample;
import graft.text.TextInputs;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Shows what a layer gives for an example. */
public final class Response {
    private static final int MOST = 8;

    private Response() {}

    /**
     * @param how pictures are prepared; empty where the network reads texts
     * @param example the picture, or the file of a text
     * @param text where the example is a text that is known already
     * @param tensor of the network as {@link Opening} gives it
     */
    public record Plan(
            Path file,
            Reading reading,
            Optional<Preprocessing> how,
            Path example,
            Optional<TextExample> text,
            String tensor)
            implements Work.Plan {
        @Override
        public List<Path> files() {
            return List.of(file, example);
        }
    }

    /** The engine call. */
    public static LayerResponse run(Plan plan, Progress progress) {
        Model model = Importer.open(plan.file(), plan.reading()).model();
        return LayerProbe.run(
                model, plan.tensor(), example(plan, model, progress).inputs(new int[] {0}, 0), MOST);
    }

    private static Examples example(Plan plan, Model model, Progress progress) {
        if (TextInputs.areOf(model.graph())) {
            TextExample text = plan.text().orElseGet(() -> TextDataSet.read(plan.example(), progress));
            return TextDataSet.loose(List.of(text), plan.file(), model, progress);
        }
        Preprocessing how = plan.how()
                .orElseThrow(() -> new Refusal("It is not known how large the pictures of " + plan.file()
                        + " are. Say it under Preprocessing."));
        return LoosePictures.of(List.of(plan.example()), how, progress)
                .fedTo(plan.file(), model.graph().inputs());
    }
}
