package graft.image;

import graft.Refusal;
import graft.data.Clutter;
import graft.data.DataSet;
import graft.data.FileNames;
import graft.data.Fingerprint;
import graft.data.InputWalk;
import graft.data.Parts;
import graft.data.Skipped;
import graft.data.Target;
import graft.progress.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Pictures of another domain, from folders of any depth. Nobody need say their classes: a picture whose folder is called as a class
 * of the source has it, any other has none. Where there are folders train and val or test, only train is in steps, and the other
 * one (test before val) is judged; else all pictures are both.
 */
public final class TargetPictures {
    private static final int NAMED = 3;

    private final Path source;
    private final List<Path> files = new ArrayList<>();
    private final List<Skipped> skipped = new ArrayList<>();

    private TargetPictures(Path source) {
        this.source = source;
    }

    /**
     * Reads all of them once; what cannot be read is left out, and said.
     *
     * @param classes of the source
     * @param seed of augmented views
     * @throws Refusal where there is no picture
     */
    public static Target open(
            Path source,
            List<String> classes,
            Preprocessing how,
            Augmentation augmentation,
            long seed,
            Progress progress) {
        if (!Files.isDirectory(source)) {
            throw new Refusal("There is no folder " + source
                    + ", in which pictures of the target domain are to be. Name it with --target.");
        }
        TargetPictures pictures = new TargetPictures(source);
        InputWalk.over(List.of(source), pictures.new Finding());
        return pictures.read(classes, how, augmentation, seed, progress);
    }

    private Target read(
            List<String> classes, Preprocessing how, Augmentation augmentation, long seed, Progress progress) {
        PictureStore store = new PictureStore(files, how);
        List<PictureStore.Outcome> outcomes = store.readAll(progress);
        Optional<String> judgedPart = judgedPart();
        List<PictureExamples.Entry> learnt = new ArrayList<>();
        List<PictureExamples.Entry> judged = new ArrayList<>();
        Fingerprint fingerprint = new Fingerprint();
        for (int i = 0; i < files.size(); i++) {
            if (!outcomes.get(i).failure().isEmpty()) {
                skipped.add(new Skipped(files.get(i), outcomes.get(i).failure()));
                continue;
            }
            String name = FileNames.inside(source, files.get(i));
            fingerprint.add(name);
            fingerprint.add(outcomes.get(i).hash());
            Optional<Parts> part = judgedPart.isEmpty() ? Optional.empty() : part(files.get(i));
            if (judgedPart.isEmpty() || part.equals(Optional.of(Parts.TRAIN))) {
                learnt.add(new PictureExamples.Entry(i, name, 0));
            }
            int label = classes.indexOf(FileNames.last(files.get(i).getParent()));
            if (label >= 0 && part.map(Parts::word).equals(judgedPart)) {
                judged.add(new PictureExamples.Entry(i, name, label));
            }
        }
        if (learnt.isEmpty()) {
            throw new Refusal("There is no picture in " + source + " that can be read"
                    + (skipped.isEmpty()
                            ? ""
                            : " (" + skipped.get(0).file() + ": "
                                    + skipped.get(0).reason() + ")")
                    + ". Name a folder of pictures of the target domain with --target.");
        }
        tellSkipped(progress);
        boolean labelled = !judged.isEmpty();
        DataSet data = new DataSet(
                source,
                classes,
                new PictureExamples(store, how, learnt, classes.size()).augmented(augmentation, seed),
                new PictureExamples(store, how, labelled ? judged : learnt, classes.size()),
                Optional.empty(),
                new PreparedPictures(how),
                List.copyOf(skipped),
                List.of(),
                fingerprint.hex());
        return new Target(data, labelled, judgedPart.isPresent());
    }

    private void tellSkipped(Progress progress) {
        if (!skipped.isEmpty()) {
            List<String> named = skipped.stream()
                    .limit(NAMED)
                    .map(one -> one.file() + " (" + one.reason() + ")")
                    .toList();
            progress.note("Left out of " + source + ": " + skipped.size()
                    + (skipped.size() == 1 ? " file" : " files") + " that cannot be read: " + String.join(", ", named)
                    + (skipped.size() > NAMED ? ", …" : "") + ".");
        }
    }

    /** The part that is judged, where folders say which pictures are in steps and which are not. */
    private Optional<String> judgedPart() {
        List<Parts> there =
                files.stream().flatMap(file -> part(file).stream()).distinct().toList();
        if (!there.contains(Parts.TRAIN)) {
            return Optional.empty();
        }
        return Stream.of(Parts.TEST, Parts.VAL)
                .filter(there::contains)
                .map(Parts::word)
                .findFirst();
    }

    /** By the outermost folder that is called as a part. */
    private Optional<Parts> part(Path file) {
        return StreamSupport.stream(source.relativize(file.getParent()).spliterator(), false)
                .flatMap(folder -> Parts.of(FileNames.last(folder)).stream())
                .findFirst();
    }

    private final class Finding implements InputWalk.Visitor {
        @Override
        public void named(Path file, String name) {
            found(file, name);
        }

        @Override
        public void found(Path file, String name) {
            String last = FileNames.last(file);
            boolean kept = StreamSupport.stream(source.relativize(file).spliterator(), false)
                    .limit(source.relativize(file).getNameCount() - 1L)
                    .anyMatch(folder -> Clutter.folder(FileNames.last(folder)).isPresent());
            if (!kept && PictureName.whyNot(file, last).isEmpty()) {
                files.add(file);
            } else if (!kept && PictureName.isMeant(file, last)) {
                skipped.add(new Skipped(file, PictureName.whyNot(file, last).orElseThrow()));
            }
        }

        @Override
        public void unreadable(String name, String reason) {
            skipped.add(new Skipped(Path.of(name), reason));
        }

        @Override
        public void passed(Path folder) {
            // holds no examples
        }
    }
}
