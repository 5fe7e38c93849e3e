package graft.app.data;

import graft.data.Corrections;
import graft.data.DataOptions;
import graft.data.DataSet;
import graft.data.Examples;
import graft.data.Remark;
import graft.data.Skipped;
import graft.image.ImageData;
import graft.image.PictureCheck;
import graft.image.PictureFiles;
import graft.image.PictureFiles.Found;
import graft.progress.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A data set as it is shown before anything is trained on it.
 *
 * @param files empty for arrays
 * @param skipped left out, and why
 * @param remarks what may mislead
 * @param corrections those that were in force when the names were read
 */
public record ExampleSet(
        Path source,
        List<ClassCount> classes,
        Optional<PictureFiles> files,
        List<Skipped> skipped,
        List<Remark> remarks,
        Corrections corrections) {

    /** A class with the number of examples to learn from and to judge by. */
    public record ClassCount(String name, int train, int val) {
        public int all() {
            return train + val;
        }
    }

    /** Reads names and counts; nothing of a folder is decoded. */
    static ExampleSet open(Path source, long seed) {
        if (Files.isDirectory(source)) {
            Corrections corrections = Corrections.of(source);
            return ofPictures(PictureFiles.scan(source), seed, corrections);
        }
        DataSet arrays = ImageData.open(source, Optional.empty(), new DataOptions(seed, false), Progress.NONE);
        List<ClassCount> classes = IntStream.range(0, arrays.classes().size())
                .mapToObj(label -> new ClassCount(
                        arrays.classes().get(label), count(arrays.train(), label), count(arrays.val(), label)))
                .toList();
        return new ExampleSet(source, classes, Optional.empty(), arrays.skipped(), arrays.remarks(), Corrections.NONE);
    }

    private static int count(Examples examples, int label) {
        return (int) IntStream.range(0, examples.size())
                .filter(i -> examples.label(i) == label)
                .count();
    }

    private static ExampleSet ofPictures(PictureFiles files, long seed, Corrections corrections) {
        Set<Path> val = files.validation(seed);
        List<ClassCount> classes = files.classes().stream()
                .map(name -> {
                    // What is judged at the end of a run is neither learnt from nor judged by meanwhile.
                    List<Found> all = files.files().stream()
                            .filter(f -> f.className().equals(name) && !f.part().equals("test"))
                            .toList();
                    int judged = (int)
                            all.stream().filter(f -> val.contains(f.file())).count();
                    return new ClassCount(name, all.size() - judged, judged);
                })
                .toList();
        return new ExampleSet(
                files.source(), classes, Optional.of(files), files.skipped(), files.remarks(), corrections);
    }

    /** The same set with what looking at its pictures has shown: without the unreadable ones, and with more remarks. */
    ExampleSet seen(PictureCheck.Findings findings, long seed) {
        PictureFiles all = files.orElseThrow();
        Set<Path> bad = findings.unreadable().stream().map(Skipped::file).collect(Collectors.toSet());
        List<Skipped> left = new ArrayList<>(skipped);
        left.addAll(findings.unreadable());
        List<Found> readable =
                all.files().stream().filter(f -> !bad.contains(f.file())).toList();
        PictureFiles rest = new PictureFiles(source, all.classes(), readable, List.copyOf(left), all.remarks());
        ExampleSet counted = ofPictures(rest, seed, corrections);
        List<Remark> more = new ArrayList<>(all.remarks());
        more.addAll(findings.remarks());
        return new ExampleSet(
                source, counted.classes(), counted.files(), counted.skipped(), List.copyOf(more), corrections);
    }

    /** Likely mistakes first. */
    public List<Remark> sortedRemarks() {
        return remarks.stream()
                .sorted(Comparator.comparing((Remark remark) -> !remark.isProblem()))
                .toList();
    }

    public List<String> classNames() {
        return classes.stream().map(ClassCount::name).toList();
    }

    public int train() {
        return classes.stream().mapToInt(ClassCount::train).sum();
    }

    public int val() {
        return classes.stream().mapToInt(ClassCount::val).sum();
    }

    /** Pictures of one class, in the order of their names. */
    public List<Path> pictures(String className) {
        return files.stream()
                .flatMap(found -> found.files().stream())
                .filter(found -> found.className().equals(className))
                .map(Found::file)
                .toList();
    }
}
