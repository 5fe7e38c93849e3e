package graft.predict;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import graft.embed.Embedder;
import graft.embed.UnitLength;
import graft.onnx.NetworkFile;
import graft.progress.Progress;
import graft.task.Reading;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a network made of inputs instead of answers.
 *
 * @param layer the tensor that rows are made of
 * @param width numbers of a row
 * @param normalized whether rows have length one
 */
public record Embedding(@JsonUnwrapped Prediction asked, String layer, int width, boolean normalized) {

    /**
     * Writes a row for each input that can be read, in their order.
     *
     * @param how inputs are read, and tokens pooled
     * @param out the file; empty where rows are only told
     */
    public static Embedding of(
            PredictionPlan plan,
            NetworkFile network,
            Reading.How how,
            UnitLength length,
            Optional<Path> out,
            Progress progress) {
        EmbeddingReplies replies = new EmbeddingReplies(
                plan.inputs().get(0),
                network.path(),
                some -> Embedder.open(network, plan.reading(), some, how.settings(), length, plan.threads(), progress));
        Predictor predictor =
                new Predictor(plan, network, how, Optional.of(Embedder.task(network)), Optional.of(told -> replies));
        Prediction asked = out.map(file -> AnswerFile.write(file, plan, network.path(), predictor, progress))
                .orElseGet(() -> {
                    AnswerList list = new AnswerList();
                    return predictor.run(list, progress).with(list.answers());
                });
        Embedder embedder = replies.embedder().orElseThrow();
        return new Embedding(asked, embedder.layer(), replies.width(), embedder.isUnit());
    }
}
