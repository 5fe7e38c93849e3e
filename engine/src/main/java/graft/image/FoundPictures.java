package graft.image;

import graft.Refusal;
import graft.data.Corrections;
import graft.data.FileNames;
import graft.data.JoinedData;
import graft.data.Parts;
import graft.data.Remark;
import graft.data.Skipped;
import graft.image.PictureFiles.Found;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Puts together what lies in one folder or in several, and what the user corrected of it. */
final class FoundPictures {
    private final Path source;
    private final List<Found> found = new ArrayList<>();
    private final List<Skipped> skipped = new ArrayList<>();
    private final List<Remark> remarks = new ArrayList<>();
    private final List<String> deeper = new ArrayList<>();
    private Map<Parts, Path> parts = Map.of();

    private FoundPictures(Path source) {
        this.source = source;
    }

    static PictureFiles of(Path source) {
        FoundPictures all = new FoundPictures(source);
        Optional<JoinedData> joined = JoinedData.at(source);
        if (joined.isEmpty()) {
            all.take(new FolderScan(source, "").run());
        } else {
            all.remarks.add(joined.get().remark());
            joined.get().members().forEach((label, folder) -> {
                if (!Files.isDirectory(folder)) {
                    throw new Refusal(folder + ", one of the folders that are taken together, is "
                            + (Files.exists(folder) ? "no folder of pictures" : "not there any more")
                            + ". Give the others without it, or bring it back.");
                }
                all.take(new FolderScan(folder, label + "/").run());
            });
            all.correct(source, Corrections.of(source), 0);
        }
        return all.files();
    }

    private void take(FolderScan scan) {
        int before = found.size();
        found.addAll(scan.found());
        skipped.addAll(scan.skipped());
        remarks.addAll(scan.remarks());
        parts = scan.parts();
        if (!scan.deeper().isEmpty()) {
            deeper.add(scan.deeper());
        }
        correct(scan, before);
    }

    private void correct(FolderScan scan, int from) {
        List<Found> all = List.copyOf(found.subList(0, from));
        List<Found> mine = List.copyOf(found.subList(from, found.size()));
        found.clear();
        found.addAll(mine);
        correct(scan.source(), scan.corrections(), scan.leftOut());
        found.addAll(0, all);
    }

    /** Applies what is said of a folder to what was found in it. */
    private void correct(Path folder, Corrections said, int leftOut) {
        if (said.isNone()) {
            return;
        }
        Set<String> out = new LinkedHashSet<>(said.leaveOut());
        Set<String> merged = new TreeSet<>();
        int left = leftOut;
        int relabelled = 0;
        List<Found> all = List.copyOf(found);
        found.clear();
        for (Found one : all) {
            String name = inside(folder, one);
            String byFolder = said.className(one.className());
            if (!byFolder.equals(one.className())) {
                merged.add(one.className() + " and " + byFolder);
            }
            if (said.leavesOut(name, out)) {
                left++;
            } else {
                String className = said.relabel().getOrDefault(name, byFolder);
                relabelled += className.equals(byFolder) ? 0 : 1;
                found.add(new Found(one.file(), one.part(), className, one.name()));
            }
        }
        int added = add(said);
        List<String> words = new ArrayList<>();
        if (left > 0) {
            words.add("leaves out " + left + (left == 1 ? " file or folder" : " files or folders"));
        }
        if (relabelled > 0) {
            words.add("gives " + relabelled + " another class");
        }
        if (added > 0) {
            words.add("adds " + added + (added == 1 ? " file that lies" : " files that lie") + " elsewhere");
        }
        if (!merged.isEmpty()) {
            words.add("puts together the classes " + String.join(", ", merged));
        }
        if (!words.isEmpty()) {
            remarks.add(Remark.of(
                    Remark.Kind.CORRECTED,
                    folder.resolve(Corrections.FILE) + " " + String.join(" and ", words) + ".",
                    List.of()));
        }
    }

    private String inside(Path folder, Found one) {
        return folder.equals(source) || !one.file().startsWith(folder)
                ? one.name()
                : FileNames.inside(folder, one.file());
    }

    /** To learn from, where the folder itself says which those are. */
    private int add(Corrections said) {
        String part =
                found.isEmpty() || found.stream().anyMatch(one -> one.part().isEmpty()) ? "" : PictureFiles.TRAIN;
        int added = 0;
        for (Map.Entry<String, List<String>> each : said.add().entrySet()) {
            for (String name : each.getValue()) {
                Path file = Path.of(name);
                Optional<String> reason = Files.isRegularFile(file)
                        ? PictureName.whyNot(file, FileNames.last(file))
                        : Optional.of("it was added to the class " + each.getKey() + " and is not there any more");
                if (reason.isPresent()) {
                    skipped.add(new Skipped(file, reason.get()));
                } else {
                    found.add(new Found(file, part, each.getKey(), name));
                    added++;
                }
            }
        }
        return added;
    }

    private PictureFiles files() {
        Set<String> classes = new FoundClasses(source, found, skipped, parts, String.join(" ", deeper)).check();
        List<Remark> all = new ArrayList<>(remarks);
        all.addAll(NameRemarks.of(new PictureFiles(
                source, List.copyOf(classes), List.copyOf(found), List.copyOf(skipped), List.copyOf(remarks))));
        return new PictureFiles(
                source, List.copyOf(classes), List.copyOf(found), List.copyOf(skipped), List.copyOf(all));
    }
}
