package graft.embed;

import graft.Refusal;
import graft.data.DataSet;
import graft.data.Unlabelled;
import graft.embed.NearestExamples.Near;
import graft.meaning.Reading;
import graft.onnx.NetworkFile;
import graft.options.Settings;
import graft.progress.Progress;
import graft.task.Questions;
import graft.text.TextInputs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Which examples of a data set are most alike, to a network.
 *
 * @param layer the tensor that they are compared by
 * @param width numbers of an example
 * @param n examples that were looked at
 * @param queries what they were compared with, each with its nearest
 * @param remarks what was assumed
 */
public record Neighbours(Path network, String layer, int width, int n, List<Query> queries, List<String> remarks) {
    /** Each with each of more takes minutes, and nobody reads so long a list. */
    public static final int MOST_OF_ALL = 5000;

    /**
     * One that was asked about.
     *
     * @param query the name of an example, a file, or words
     */
    public record Query(String query, List<Near> nearest) {}

    /**
     * Looks for them.
     *
     * @param data as the network takes them
     * @param queries names of examples, files, or words for a network that reads texts; none: each example
     * @param how the examples are read, and tokens pooled
     */
    public static Neighbours of(
            NetworkFile network,
            Reading reading,
            DataSet data,
            List<String> queries,
            int count,
            graft.task.Reading.How how,
            int threads,
            Progress progress) {
        try (Embedder embedder =
                Embedder.open(network, reading, data, embedding(how.settings()), UnitLength.YES, threads, progress)) {
            NearestExamples all = new NearestExamples(embedder, data, progress);
            if (queries.isEmpty() && all.size() > MOST_OF_ALL) {
                throw new Refusal(data.source() + " has " + all.size() + " examples; the nearest of each are looked for"
                        + " among " + MOST_OF_ALL + " at most. Say of which with --query.");
            }
            List<Query> found = new ArrayList<>();
            for (String query : queries) {
                OptionalInt own = all.named(query);
                if (own.isPresent()) {
                    found.add(new Query(query, all.to(own.getAsInt(), count)));
                } else {
                    ask(network, query, how, embedder, all, count, found, progress);
                }
            }
            if (queries.isEmpty()) {
                IntStream.range(0, all.size()).forEach(i -> found.add(new Query(all.name(i), all.to(i, count))));
            }
            return new Neighbours(
                    network.path(), embedder.layer(), all.width(), all.size(), List.copyOf(found), embedder.remarks());
        }
    }

    private static Settings embedding(Settings settings) {
        return settings.only(Embedder.OPTIONS);
    }

    /** What is no example: a file of one or more, or words. */
    private static void ask(
            NetworkFile network,
            String query,
            graft.task.Reading.How how,
            Embedder embedder,
            NearestExamples all,
            int count,
            List<Query> found,
            Progress progress) {
        boolean isFile = isFile(query);
        if (!isFile && !TextInputs.areOf(network.model().graph())) {
            throw new Refusal("There is no example and no file \"" + query
                    + "\". Name an example as `graft data list` does, or a picture's file, with --query.");
        }
        Path words = isFile ? Path.of(query) : written(query);
        try {
            Questions questions = Embedder.task(network).questions();
            Unlabelled inputs = questions.open(List.of(words), network.path(), how, progress);
            inputs.read(
                    portion -> {
                        portion.unread().forEach(each -> {
                            throw new Refusal(each.inWords() + (each.inWords().endsWith(".") ? "" : ".")
                                    + " Ask about another one with --query.");
                        });
                        if (portion.examples().size() == 0) {
                            return;
                        }
                        float[][] rows = embedder.of(portion.examples(), done -> {}, progress);
                        for (int i = 0; i < rows.length; i++) {
                            String name = isFile ? portion.names().get(i) : query;
                            found.add(new Query(name, all.to(rows[i], count)));
                        }
                    },
                    progress);
        } finally {
            if (!isFile) {
                delete(words);
            }
        }
    }

    private static boolean isFile(String query) {
        try {
            return Files.exists(Path.of(query));
        } catch (java.nio.file.InvalidPathException wordsOnly) {
            return false;
        }
    }

    private static Path written(String words) {
        try {
            Path file = Files.createTempFile("graft-query", ".txt");
            return Files.writeString(file, words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
