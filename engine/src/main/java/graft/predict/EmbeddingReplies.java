package graft.predict;

import graft.data.DataSet;
import graft.data.Encoder;
import graft.data.Examples;
import graft.embed.Embedder;
import graft.progress.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Answers that are what a network makes of examples before its last layer. */
final class EmbeddingReplies implements Replies {
    private final Path source;
    private final Path network;
    private final Function<DataSet, Embedder> opening;
    private Embedder embedder;
    private int width;

    /** @param opening with some of the inputs */
    EmbeddingReplies(Path source, Path network, Function<DataSet, Embedder> opening) {
        this.source = source;
        this.network = network;
        this.opening = opening;
    }

    @Override
    public List<Reply> to(Examples examples, IntConsumer done, Progress progress) {
        if (embedder == null) {
            embedder = opening.apply(unlabelled(examples));
        }
        List<Reply> out = new ArrayList<>();
        for (float[] row : embedder.of(examples, done, progress)) {
            width = row.length;
            out.add(reply(row));
        }
        return out;
    }

    private DataSet unlabelled(Examples examples) {
        return new DataSet(
                source, List.of(), examples, examples, Optional.empty(), Encoder.NONE, List.of(), List.of(), "");
    }

    private Reply reply(float[] row) {
        for (float number : row) {
            if (!Float.isFinite(number)) {
                return Reply.none(network + " makes " + number + " of it, which is no finite number");
            }
        }
        return new Reply(-1, row, OptionalDouble.empty(), Optional.empty());
    }

    Optional<Embedder> embedder() {
        return Optional.ofNullable(embedder);
    }

    int width() {
        return width;
    }

    @Override
    public Layout layout(List<String> told) {
        return Layout.ofNumbers(
                IntStream.rangeClosed(1, width).mapToObj(i -> "e" + i).toList(), told);
    }

    @Override
    public List<String> remarks() {
        return embedder == null ? List.of() : embedder.remarks();
    }

    @Override
    public void close() {
        if (embedder != null) {
            embedder.close();
        }
    }
}
