package graft.task;

import graft.Refusal;
import graft.data.DataSet;
import graft.network.Head;
import graft.network.HeadBuilder;
import graft.network.HeadEnd;
import graft.network.Network;
import graft.run.PlanOptions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * On {@code [N, tokens, features]} a linear layer for each token.
 *
 * @param wanted what needs a row for each token, in a sentence
 * @param outputs numbers for each
 */
record OnEachToken(String wanted, ToIntFunction<DataSet> outputs) implements Heading {
    @Override
    public Head on(Path file, Network body, String features, DataSet data, HeadChoice choice) {
        String stand =
                choice.get(PlanOptions.FEATURES).isPresent() ? features : PooledOutputs.tokens(body, features, data);
        long[] shape = FeatureShape.of(body, stand, data);
        return on(file, body, stand, shape, choice.end(outputs.applyAsInt(data)), choice);
    }

    @Override
    public Head on(Path file, Network body, String features, long[] shape, HeadEnd end, HeadChoice choice) {
        if (shape.length != 3) {
            throw new Refusal(file + " has no row for each token, which " + wanted + " need: its tensor " + features
                    + " has the shape " + Arrays.toString(shape)
                    + ". Export the network without its pooling, or name a tensor [N, tokens, features] with --features;"
                    + " `graft layers` lists them.");
        }
        return end.onTokens(new HeadBuilder(body, List.of(features)), features, Math.toIntExact(shape[2]));
    }
}
