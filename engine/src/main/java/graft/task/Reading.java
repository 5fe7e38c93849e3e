package graft.task;

import graft.data.DataSet;
import graft.image.Preprocessing;
import graft.onnx.Graph;
import graft.onnx.Model;
import graft.options.Option;
import graft.options.Settings;
import graft.progress.Progress;
import java.nio.file.Path;
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

    /** Whether data of this task go into a network, as far as its inputs tell. */
    default boolean feeds(Graph network) {
        return true;
    }

    /** Whether the data look like those of this task; nothing is decoded. */
    boolean fits(Path source);

    /**
     * Opens data.
     *
     * @param file the network's, for messages and for what lies beside it
     * @throws graft.Refusal for data that cannot be learnt from, with what to do about it
     */
    DataSet open(Path source, Path file, How how, Progress progress);
}
