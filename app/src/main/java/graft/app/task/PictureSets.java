package graft.app.task;

import graft.app.task.ExampleSet.ClassCount;
import graft.data.Corrections;
import graft.data.DataOptions;
import graft.data.DataSet;
import graft.data.Examples;
import graft.data.Remark;
import graft.image.ImageData;
import graft.image.PictureFiles;
import graft.image.PictureFiles.Found;
import graft.options.Settings;
import graft.progress.Progress;
import graft.run.PlanOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Reads names and counts of pictures, or arrays; nothing of a folder is decoded. */
final class PictureSets {
    private PictureSets() {}

    static ExampleSet open(TaskView view, Path source, Settings how) {
        if (Files.isDirectory(source)) {
            Corrections corrections = Corrections.of(source);
            PictureFiles files = PictureFiles.scan(source);
            return of(view, files, how, files.remarks(), corrections);
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
        return ExampleSet.counted(view, source, how, classes, arrays.skipped(), arrays.remarks(), Corrections.NONE);
    }

    private static int count(Examples examples, int label) {
        return (int) IntStream.range(0, examples.size())
                .filter(i -> examples.label(i) == label)
                .count();
    }

    static ExampleSet of(
            TaskView view, PictureFiles files, Settings how, List<Remark> remarks, Corrections corrections) {
        Set<Path> val = files.validation(how.get(PlanOptions.SEED), how.get(PlanOptions.VAL_SHARE));
        // What is judged at the end of a run is neither learnt from nor judged by meanwhile.
        Map<String, List<Found>> byClass = files.files().stream()
                .filter(found -> !found.part().equals("test"))
                .collect(Collectors.groupingBy(Found::className));
        List<ClassCount> classes = files.classes().stream()
                .map(name -> {
                    List<Found> all = byClass.getOrDefault(name, List.of());
                    int judged = (int)
                            all.stream().filter(f -> val.contains(f.file())).count();
                    return new ClassCount(name, all.size() - judged, judged);
                })
                .toList();
        return ExampleSet.ofPictures(view, how, classes, files, remarks, corrections);
    }
}
