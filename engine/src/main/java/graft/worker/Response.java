package graft.worker;

import graft.data.Examples;
import graft.evaluate.LayerProbe;
import graft.evaluate.LayerResponse;
import graft.image.LoosePictures;
import graft.image.Preprocessing;
import graft.meaning.Reading;
import graft.network.Importer;
import graft.onnx.Model;
import graft.progress.Progress;
import java.nio.file.Path;
import java.util.List;

/** Shows what a layer gives for a picture. */
public final class Response {
    private static final int MOST = 8;

    private Response() {}

    /**
     * @param how pictures are prepared
     * @param tensor of the network as {@link Opening} gives it
     */
    public record Plan(Path file, Reading reading, Preprocessing how, Path picture, String tensor)
            implements Work.Plan {
        @Override
        public List<Path> files() {
            return List.of(file, picture);
        }
    }

    static LayerResponse run(Plan plan, Progress progress) {
        Model model = Importer.open(plan.file(), plan.reading()).model();
        Examples picture = LoosePictures.of(List.of(plan.picture()), plan.how(), progress)
                .fedTo(plan.file(), model.graph().inputs());
        return LayerProbe.run(model, plan.tensor(), picture.inputs(new int[] {0}, 0), MOST);
    }
}
