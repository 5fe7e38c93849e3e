package graft.task;

import graft.Refusal;
import graft.data.DataSet;
import graft.data.Examples;
import graft.data.Target;
import graft.image.Preprocessing;
import graft.judge.Showing;
import graft.onnx.Graph;
import graft.onnx.Model;
import graft.options.Option;
import graft.options.Settings;
import graft.progress.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Reads the data of a task. */
public interface Reading {
    /**
     * How data are read.
     *
     * @param network what the file holds that the data are for
     * @param images how pictures are prepared, asked where there are any
     * @param settings what the user chose
     * @param fixed inputs of the network that were given a value for all examples
     */
    record How(Model network, Supplier<Optional<Preprocessing>> images, Settings settings, Set<String> fixed) {
        public <T> T get(Option<T> option) {
            return settings.get(option);
        }
    }

    /** Whether data are pictures, for which must be said how they are prepared. */
    default boolean takesPictures(Path source) {
        return false;
    }

    /** Whether a network that another tool wrote answers for this task as it stands, as far as its file and what lies beside it tell. */
    default boolean isAnsweredBy(Path file, Model network) {
        return false;
    }

    /** What a network's file notes of its answers, or what lies beside it. */
    default Map<String, String> notes(Path file, Model network) {
        return network.metadata();
    }

    /** What one of them is called. */
    default String noun() {
        return "example";
    }

    /** Whether data of this task go into a network, as far as its inputs tell. */
    default boolean feeds(Graph network) {
        return true;
    }

    /**
     * The examples by name, without a network.
     *
     * @param how what the user said of how they are read
     * @throws graft.Refusal where they have no names that anything could be said of, or cannot be learnt from
     */
    default Listing listed(Path source, Settings how) {
        throw new Refusal(
                source + " holds numbers without names: nothing can be said of single examples. Change the file"
                        + " itself, or give pictures or texts.");
    }

    /**
     * The same once each example was opened: what is damaged in them, and what misleads though only their content tells. Of tasks whose
     * examples are read as they are listed, nothing is added.
     *
     * @param listing of {@code source}
     */
    default Listing looked(Listing listing, Settings how, Progress progress) {
        return listing;
    }

    /** Why a file cannot be one example of such data; empty where it can. */
    default Optional<String> whyNoExample(Path file) {
        return Optional.of("examples of this kind are no files");
    }

    /** Whether the data look like those of this task; nothing is decoded. */
    boolean fits(Path source);

    /** Whether data can be read for this task where the user, or a network's file, says that they are for it. */
    default boolean suits(Path source) {
        return fits(source);
    }

    /** What networks are to show, beside their scores, while they learn from these data. */
    default Optional<Showing> showing(DataSet data, Settings settings) {
        return Optional.empty();
    }

    /**
     * Opens data.
     *
     * @param file the network's, for messages and for what lies beside it
     * @throws graft.Refusal for data that cannot be learnt from, with what to do about it
     */
    DataSet open(Path source, Path file, How how, Progress progress);

    /**
     * Data to judge a network by that learnt from others, as it answers for them: where answers have an order of their own that its
     * file notes.
     *
     * @param notes of the network's file
     * @throws graft.Refusal where it cannot answer for them
     */
    default DataSet judgedBy(DataSet data, Map<String, String> notes) {
        return data;
    }

    /**
     * Opens examples of another domain. Nothing is learnt from what they say of classes; where nobody says it, reading them is not
     * refused, if the task can read such data.
     *
     * @param classes of the domain that is learnt from
     * @throws graft.Refusal where there is nothing to be read
     */
    default Target target(Path source, List<String> classes, Path file, How how, Progress progress) {
        DataSet data = open(source, file, how, progress);
        if (!data.classes().equals(classes)) {
            throw new Refusal(source + " has the classes " + data.classes() + ", and what is learnt from has " + classes
                    + ". Give the target domain the same names of classes: only pictures can be read without any.");
        }
        Examples judged = data.test().orElse(data.val());
        DataSet both = new DataSet(
                source,
                classes,
                data.train(),
                judged,
                Optional.empty(),
                data.encoder(),
                data.skipped(),
                data.remarks(),
                data.fingerprint());
        return new Target(both, true, true);
    }
}
