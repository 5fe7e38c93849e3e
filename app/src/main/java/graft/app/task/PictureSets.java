package graft.app.task;

import graft.app.task.ExampleSet.ClassCount;
import graft.data.Corrections;
import graft.data.DataOptions;
import graft.data.DataSet;
import graft.data.Examples;
import graft.image.ImageData;
import graft.image.PictureFiles;
import graft.image.PictureFiles.Found;
import graft.options.Settings;
import graft.progress.Progress;
import graft.run.PlanOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Reads names and counts of pictures, or arrays; nothing of a folder is decoded. */
final class PictureSets {
    private PictureSets() {}

    static ExampleSet open(TaskView view, Path source, Settings how) {
        if (Files.isDirectory(source)) {
            Corrections corrections = Corrections.of(source);
            return of(view, PictureFiles.scan(source), how, corrections);
        }
        DataSet arrays = ImageData.open(
                source,
                Optional.empty(),
                new DataOptions(how.get(PlanOptions.SEED), false, how.get(PlanOptions.VAL_SHARE)),
                Progress.NONE);
        List<ClassCount> classes = IntStream.range(0, arrays.classes().size())
                .mapToObj(label -> new ClassCount(
                        arrays.classes().get(label), count(arrays.train(), label), count(arrays.val(), label)))
                .toList();
        return new ExampleSet(
                view,
                source,
                how,
                classes,
                Optional.empty(),
                List.of(),
                arrays.skipped(),
                arrays.remarks(),
                Corrections.NONE);
    }

    private static int count(Examples examples, int label) {
        return (int) IntStream.range(0, examples.size())
                .filter(i -> examples.label(i) == label)
                .count();
    }

    static ExampleSet of(TaskView view, PictureFiles files, Settings how, Corrections corrections) {
        Set<Path> val = files.validation(how.get(PlanOptions.SEED), how.get(PlanOptions.VAL_SHARE));
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
                view,
                files.source(),
                how,
                classes,
                Optional.of(files),
                List.of(),
                files.skipped(),
                files.remarks(),
                corrections);
    }
}
