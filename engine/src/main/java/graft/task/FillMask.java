package graft.task;

import graft.Refusal;
import graft.data.DataSet;
import graft.language.LanguageData;
import graft.language.TokenTargets;
import graft.network.Head;
import graft.network.HeadBuilder;
import graft.network.Network;
import graft.onnx.Graph;
import graft.onnx.Tensor;
import graft.run.PlanOptions;
import graft.text.TextInputs;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Which tokens are hidden in this text? What a network learns by it is of use for other tasks. */
final class FillMask {
    static final Task TASK = new Task(
            "fill-mask",
            new Task.Words(
                    "Which words are hidden in this text?",
                    "as of text-generation",
                    "the network's own, or a new one tied to its embedding; cross-entropy of the tokens that are hidden",
                    "perplexity of hidden tokens"),
            new TextGeneration.Texts("fill-mask", LanguageData::filled),
            new TextGeneration.Asked(
                    "`graft evaluate` tells the perplexity of what is hidden; for classes fine-tune it on"
                            + " labelled texts with --task text-classification."),
            new Filling(),
            new TextGeneration.OfTokens(),
            TextGeneration.judging(),
            List.of(PlanOptions.TOKENIZER, PlanOptions.TEXT, PlanOptions.BLOCK_SIZE, PlanOptions.MASK_SHARE));

    private FillMask() {}

    private static final class Filling implements Heading {
        @Override
        public Head on(Path file, Network body, String features, DataSet data, HeadChoice choice) {
            TokenTargets targets = TokenTargets.of(data.train());
            if (body.model().graph().outputNames().contains(targets.output())) {
                return TextGeneration.own(file, body, targets.output(), choice);
            }
            String stand = choice.get(PlanOptions.FEATURES).isPresent()
                    ? features
                    : PooledOutputs.tokens(body, features, data);
            long[] shape = FeatureShape.of(body, stand, data);
            Graph graph = body.model().graph();
            String table = TextInputs.of(graph, choice.fixed())
                    .table(graph)
                    .orElseThrow(() -> new Refusal(file
                            + " scores no vocabulary, and no table was found that its tokens are looked up in, to which such"
                            + " scores could be tied. Export the network with its head (AutoModelForMaskedLM)."));
            Tensor rows = graph.initializers().get(table);
            if (shape.length != 3 || shape[2] != rows.shape()[1]) {
                throw new Refusal(file + " scores no vocabulary, and its tensor " + stand + " of shape "
                        + Arrays.toString(shape) + " does not fit its embedding " + table + " of shape "
                        + Arrays.toString(rows.shape())
                        + ", to which such scores could be tied. Name a tensor [N, tokens, " + rows.shape()[1]
                        + "] with --features, or export the network with its head (AutoModelForMaskedLM).");
            }
            return new HeadBuilder(body, List.of(stand))
                    .tied(stand, table, Math.toIntExact(rows.shape()[0]), targets.output());
        }
    }
}
