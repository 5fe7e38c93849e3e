package graft.image;

import graft.Refusal;
import graft.data.ArrayFile;
import graft.data.DataOptions;
import graft.data.DataSet;
import graft.data.Wrapping;
import graft.guard.Guard;
import graft.progress.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Labelled pictures as the user names them: a folder, or a file of arrays. */
public final class ImageData {
    private ImageData() {}

    /**
     * Opens a folder of pictures ({@code train/<class>/*} and {@code val/<class>/*}, or {@code <class>/*}, which is split
     * 80/20; with or without {@code test/<class>/*}), or a {@code .npz} file with {@code x_train, y_train, x_val, y_val}.
     * Every picture is decoded once, and every remark is also told to {@code progress}.
     *
     * @param preprocessing needed for pictures; arrays are fed as they are
     * @throws Refusal for data that cannot be learned from, with what to do about it
     * @throws java.util.concurrent.CancellationException when {@code progress} was cancelled
     */
    public static DataSet open(
            Path source, Optional<Preprocessing> preprocessing, DataOptions options, Progress progress) {
        return open(source, preprocessing, options, Augmentation.NONE, progress);
    }

    /**
     * The same.
     *
     * @param augmentation of the pictures to learn from: how their views from 1 on are made
     */
    public static DataSet open(
            Path source,
            Optional<Preprocessing> preprocessing,
            DataOptions options,
            Augmentation augmentation,
            Progress progress) {
        DataSet data = read(source, preprocessing, options, augmentation, progress);
        Guard.examples(data.train().bytes(), data.train().size() + data.val().size());
        return data;
    }

    private static DataSet read(
            Path source,
            Optional<Preprocessing> preprocessing,
            DataOptions options,
            Augmentation augmentation,
            Progress progress) {
        if (Files.isDirectory(source)) {
            Preprocessing how = preprocessing.orElseThrow(
                    () -> new Refusal(
                            "The network's file does not say how"
                                    + " pictures are to be prepared for it. Give at least --size (the height and width of its input), and"
                                    + " --mean, --std, --scale, --channels and --layout where they differ from 0, 1, 1, rgb and nchw."));
            return PictureFolder.open(source, how, options, augmentation, progress);
        }
        Wrapping.refuse(source);
        String name = source.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".npz")) {
            if (!augmentation.isNone()) {
                throw new Refusal("Augmentation (" + augmentation + ") works on pictures only; the arrays of " + source
                        + " are fed as they are. Choose no augmentation, or give a folder of pictures.");
            }
            return ArrayFile.open(source, options, progress);
        }
        throw new Refusal(
                source + " is neither a folder of pictures, nor a .npz file, nor a table of texts (.csv, .tsv,"
                        + " .jsonl). Give a folder with train/<class>/ and val/<class>/, a folder with one sub-folder per class, a table"
                        + " with a column of texts and one of labels, or a .npz file with x_train, y_train, x_val and y_val.");
    }
}
