package graft.task;

import graft.data.DataOptions;
import graft.data.DataSet;
import graft.image.Augmentation;
import graft.image.Preprocessing;
import graft.progress.Progress;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the data of a task. */
public interface Reading {
    /**
     * How data are read.
     *
     * @param images how pictures are prepared; empty for data without
     * @param augmentation of the pictures to learn from
     */
    record How(Optional<Preprocessing> images, Augmentation augmentation, DataOptions options) {}

    /** Whether the data look like those of this task; nothing is decoded. */
    boolean fits(Path source);

    /**
     * Opens data.
     *
     * @param network the file that they are for
     * @throws graft.Refusal for data that cannot be learnt from, with what to do about it
     */
    DataSet open(Path source, Path network, How how, Progress progress);
}
