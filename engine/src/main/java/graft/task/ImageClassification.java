package graft.task;

import graft.data.Corrections;
import graft.data.DataOptions;
import graft.data.DataSet;
import graft.data.Examples;
import graft.data.Target;
import graft.image.ImageData;
import graft.image.PictureCheck;
import graft.image.PictureFiles;
import graft.image.Preprocessing;
import graft.image.TargetPictures;
import graft.network.Head;
import graft.network.HeadEnd;
import graft.network.LinearHead;
import graft.network.Network;
import graft.options.Settings;
import graft.progress.Progress;
import graft.run.PlanOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which of these classes is this picture? Of arrays, too. */
final class ImageClassification {
    static final Task TASK = new Task(
            "image-classification",
            new Task.Words(
                    "Which of these classes is this picture?",
                    "folders `train/<class>/*` and `val/<class>/*`, or `<class>/*`; `.npz` with x_train, y_train, x_val and y_val",
                    "mean over height and width, linear; cross-entropy",
                    "accuracy"),
            new Folders(),
            new PictureQuestions(),
            new OnFeatures(),
            ClassAnswers.OBJECTIVES,
            ClassAnswers.JUDGING,
            ClassAnswers.optionsAnd(PlanOptions.AUGMENT, PlanOptions.VIEWS_PER_EXAMPLE));

    private ImageClassification() {}

    private static final class Folders implements Reading {
        @Override
        public boolean fits(Path source) {
            return Files.isDirectory(source) || isArrays(source);
        }

        @Override
        public boolean takesPictures(Path source) {
            return !isArrays(source);
        }

        private static boolean isArrays(Path source) {
            return source.toString().toLowerCase(Locale.ROOT).endsWith(".npz");
        }

        @Override
        public Listing listed(Path source, Settings how) {
            if (isArrays(source) && Files.exists(source)) {
                return Reading.super.listed(source, how);
            }
            if (!Files.isDirectory(source)) {
                ImageData.open(
                        source, Optional.empty(), DataOptions.DEFAULT, Progress.NONE); // which says what is wrong
            }
            PictureFiles files = PictureFiles.scan(source);
            Set<Path> val = files.validation(how.get(PlanOptions.SEED), how.get(PlanOptions.VAL_SHARE));
            return new Listing(
                    source,
                    TASK.name(),
                    files.classes(),
                    files.files().stream()
                            .map(found -> new Listing.Listed(
                                    found.name(), found.className(), part(found, val), found.file(), ""))
                            .toList(),
                    files.skipped(),
                    files.remarks(),
                    Corrections.of(source));
        }

        @Override
        public Listing looked(Listing listing, Settings how, Progress progress) {
            PictureCheck.Findings found = PictureCheck.look(
                    PictureFiles.scan(listing.source()),
                    how.get(PlanOptions.SEED),
                    how.get(PlanOptions.VAL_SHARE),
                    "looking through the pictures",
                    progress);
            return listing.with(found.unreadable(), found.remarks());
        }

        private static String part(PictureFiles.Found found, Set<Path> val) {
            return val.contains(found.file()) ? "val" : found.part().isEmpty() ? "train" : found.part();
        }

        @Override
        public Optional<String> whyNoExample(Path file) {
            return PictureFiles.whyNoPicture(file);
        }

        @Override
        public DataSet open(Path source, Path file, How how, Progress progress) {
            return ImageData.open(
                    source,
                    how.images().get(),
                    new DataOptions(
                            how.get(PlanOptions.SEED),
                            how.get(PlanOptions.SKIP_UNREADABLE),
                            how.get(PlanOptions.VAL_SHARE)),
                    how.get(PlanOptions.AUGMENT),
                    progress);
        }

        @Override
        public Target target(Path source, List<String> classes, Path file, How how, Progress progress) {
            Optional<Preprocessing> images = how.images().get();
            return isArrays(source) || images.isEmpty()
                    ? Reading.super.target(source, classes, file, how, progress)
                    : TargetPictures.open(
                            source,
                            classes,
                            images.get(),
                            how.get(PlanOptions.AUGMENT),
                            how.get(PlanOptions.SEED),
                            progress);
        }
    }

    private static final class OnFeatures implements Heading {
        @Override
        public Head on(Path file, Network body, String features, DataSet data, HeadChoice choice) {
            long[] shape = FeatureShape.of(body, features, data);
            long[] example = data.train()
                    .inputs(new int[] {0}, Examples.PLAIN)
                    .values()
                    .iterator()
                    .next()
                    .shape();
            boolean pictureLike =
                    shape.length == 4 && example.length == 4 && shape[2] >= example[2] && shape[3] >= example[3];
            if (pictureLike) {
                throw FeatureShape.refusal(file, features, shape);
            }
            return on(file, body, features, shape, choice.end(data), choice);
        }

        @Override
        public Head on(Path file, Network body, String features, long[] shape, HeadEnd end, HeadChoice choice) {
            if (shape.length < 2 || shape.length == 3) {
                throw FeatureShape.refusal(file, features, shape);
            }
            return LinearHead.on(body, features, shape, end);
        }
    }
}
