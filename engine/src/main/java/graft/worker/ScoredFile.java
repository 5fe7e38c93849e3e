package graft.worker;

import graft.data.DataSet;
import graft.data.Examples;
import graft.judge.Evaluation;
import graft.meaning.Reading;
import graft.network.Importer;
import graft.network.Network;
import graft.onnx.NetworkFile;
import graft.options.Settings;
import graft.progress.Progress;
import graft.task.JudgedData;
import graft.task.Task;
import graft.train.FileJudge;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A network's file, judged by the judge of its task. */
final class ScoredFile {
    private ScoredFile() {}

    static Evaluation judged(Path network, Path source, HowRead how, Progress progress) {
        Settings said = how.settings();
        NetworkFile file = NetworkFile.at(network);
        DataSet data = Judging.open(network, source, Optional.empty(), said, progress);
        Task task = JudgedData.task(source, file.model(), said);
        Examples judged = data.val().fedTo(network, file.model().graph().inputs());
        Network opened = Importer.of(network, file.model(), Reading.USUAL);
        return FileJudge.judged(
                network,
                judged,
                task.judging().of(judged.targets(), List.of()),
                Math.toIntExact(opened.report().fixedBatch()),
                0);
    }
}
