package graft.worker;

import graft.meaning.Reading;
import graft.network.edit.Edit;
import graft.network.edit.NetworkEditor;
import graft.onnx.OnnxFile;
import graft.text.TokenizerFile;
import java.nio.file.Path;
import java.util.List;

/** Edits a network's graph. */
public final class Editing {
    private Editing() {}

    /** @param out the file to write; {@code file} stays as it is */
    public record Plan(Path file, Reading reading, List<Edit> edits, Path out) implements Work.Plan {}

    static NetworkEditor.Result run(Plan plan) {
        NetworkEditor.Result made =
                NetworkEditor.run(new NetworkEditor.Plan(plan.file(), plan.reading(), plan.edits(), plan.out()));
        TokenizerFile.follow(plan.file(), OnnxFile.read(plan.out()), plan.out());
        return made;
    }
}
