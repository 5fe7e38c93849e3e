package graft.image;

import graft.Refusal;
import graft.data.Clutter;
import graft.data.Corrections;
import graft.data.FileNames;
import graft.data.Parts;
import graft.data.Remark;
import graft.data.Skipped;
import graft.files.AtomicFile;
import graft.image.PictureFiles.Found;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Walks a folder of pictures and finds out which folder is which part and which class. */
final class FolderScan {
    private static final int DEEPEST = 4;
    private static final int NAMED = 5;

    private final Path source;
    private final String label;
    private final Corrections corrections;
    private final Set<String> leftOut;
    private final List<Found> found = new ArrayList<>();
    private final List<Skipped> skipped = new ArrayList<>();
    private final List<Remark> remarks = new ArrayList<>();

    /** Folders inside class folders that hold pictures, with how many. */
    private final Map<String, Integer> deeper = new TreeMap<>();

    private final List<Path> deeperFolders = new ArrayList<>();

    /** Class names by the folders they come from, to notice two that are written alike. */
    private final Map<String, Path> folderOfClass = new TreeMap<>();

    private int corrected;
    private Map<Parts, Path> parts = Map.of();

    /** @param label before the names of examples; "" where the folder is the whole data set */
    FolderScan(Path source, String label) {
        this.source = source;
        this.label = label;
        this.corrections = Corrections.of(source);
        this.leftOut = new LinkedHashSet<>(corrections.leaveOut());
    }

    Path source() {
        return source;
    }

    List<Found> found() {
        return found;
    }

    List<Skipped> skipped() {
        return skipped;
    }

    List<Remark> remarks() {
        return remarks;
    }

    Map<Parts, Path> parts() {
        return parts;
    }

    Corrections corrections() {
        return corrections;
    }

    /** Files and folders that the corrections leave out. */
    int leftOut() {
        return corrected;
    }

    /** What lies too deep; "" where nothing does. */
    String deeper() {
        return deeper.isEmpty() ? "" : deeperWords();
    }

    /** Walks the folder; whether its classes can be learnt is for {@link FoundClasses} to say. */
    FolderScan run() {
        Path root = unwrapped(source);
        if (!root.equals(source)) {
            remarks.add(Remark.of(
                    Remark.Kind.LAYOUT,
                    "The data are those in " + root + ", the only folder in " + source + ".",
                    List.of(root)));
        }
        if (label.isEmpty() || !isOneClass(root)) {
            scanParts(root);
        } else {
            scanClass(root, "", FileNames.last(root));
            remarks.add(Remark.of(
                    Remark.Kind.LAYOUT,
                    "The pictures that lie in " + root + " are one class, " + FileNames.last(root) + ".",
                    List.of(root)));
        }
        remarkDeeper();
        return this;
    }

    /** Of folders that are given together one may be a class: its pictures lie in it. */
    private boolean isOneClass(Path root) {
        return holdsPictures(root) && folders(root).stream().noneMatch(this::holdsPicturesOrFolders);
    }

    /** Below the top folder that many archives have, which holds everything and is no class. */
    private Path unwrapped(Path folder) {
        List<Path> entries = folders(folder);
        boolean onlyOne = entries.size() == 1
                && Parts.of(FileNames.last(entries.get(0))).isEmpty()
                && !holdsPictures(folder)
                && !holdsPictures(entries.get(0))
                && folders(entries.get(0)).stream().anyMatch(this::holdsPicturesOrFolders);
        return onlyOne ? unwrapped(entries.get(0)) : folder;
    }

    /** Archives of parts often hold them twice over: train/train/cat. */
    private Path belowItself(Path folder) {
        List<Path> entries = folders(folder);
        boolean twice = entries.size() == 1 && FileNames.last(entries.get(0)).equalsIgnoreCase(FileNames.last(folder));
        return twice ? belowItself(entries.get(0)) : folder;
    }

    private void scanParts(Path root) {
        List<Path> split = folders(root).stream()
                .filter(folder -> Parts.isLikely(FileNames.last(folder)))
                .filter(folder -> !holdsPictures(folder) && !folders(folder).isEmpty())
                .toList();
        parts = Parts.assign(root, split);
        parts.replaceAll((part, folder) -> belowItself(folder));
        if (parts.isEmpty()) {
            scanClasses(root, "");
            return;
        }
        Path train = parts.get(Parts.TRAIN);
        Path val = parts.get(Parts.VAL);
        Path test = parts.get(Parts.TEST);
        if (train == null || val == null && test == null) {
            Path there = parts.values().iterator().next();
            String here = FileNames.last(there);
            throw new Refusal(root + " has a folder " + here + " but none called " + (train == null ? "train" : "val")
                    + ". Add it with one sub-folder per class, or give " + there + " itself to have it split.");
        }
        for (Path folder : folders(root)) {
            if (parts.values().stream().noneMatch(part -> part.startsWith(folder))) {
                skipped.add(new Skipped(folder, "it stands beside the parts and is none of them"));
            }
        }
        scanClasses(train, val == null ? "" : Parts.TRAIN.word());
        if (val != null) {
            scanClasses(val, Parts.VAL.word());
        }
        if (test != null) {
            scanClasses(test, Parts.TEST.word());
        }
        boolean tested = found.stream().anyMatch(one -> one.part().equals(Parts.TEST.word()));
        remarkParts(train, val, tested ? test : null);
    }

    private void remarkParts(Path train, Path val, Path test) {
        StringBuilder text = new StringBuilder();
        if (!FileNames.last(train).equals("train")
                || val != null && !FileNames.last(val).equals("val")) {
            text.append(FileNames.last(train)).append(" is what is learnt from");
            text.append(val == null ? "" : ", " + FileNames.last(val) + " what is judged by while learning");
            text.append(". ");
        }
        if (val == null) {
            text.append("There is no folder val: a fifth of ")
                    .append(FileNames.last(train))
                    .append(" is set aside to choose the best epoch by")
                    .append(test == null ? "" : ", never " + FileNames.last(test))
                    .append(". ");
        }
        if (test != null) {
            text.append(FileNames.last(test)).append(" is judged once, at the end of a run.");
        }
        if (text.length() > 0) {
            remarks.add(Remark.of(Remark.Kind.LAYOUT, text.toString().strip(), List.of()));
        }
    }

    private void scanClasses(Path folder, String part) {
        for (Path entry : list(folder)) {
            String name = FileNames.last(entry);
            boolean directory = Files.isDirectory(entry);
            Optional<String> clutter = directory ? Clutter.folder(name) : Clutter.file(name);
            if (isLeftOut(entry)) {
                corrected++;
            } else if (clutter.isPresent()) {
                if (!directory || holdsPicturesOrFolders(entry)) {
                    skipped.add(new Skipped(entry, counted(entry, clutter.get())));
                }
            } else if (directory) {
                scanClass(entry, part, name);
            } else if ((!part.isEmpty() || isNamedAsPicture(name)) && !name.equals(Corrections.FILE)) {
                skipped.add(new Skipped(entry, "it lies in no class folder"));
            }
        }
    }

    private static String counted(Path entry, String reason) {
        int pictures = Files.isDirectory(entry) ? picturesBelow(entry, DEEPEST) : 0;
        return pictures == 0
                ? reason
                : reason + "; " + pictures + (pictures == 1 ? " picture" : " pictures") + " in it";
    }

    private boolean isLeftOut(Path entry) {
        return !leftOut.isEmpty() && corrections.leavesOut(FileNames.inside(source, entry), leftOut);
    }

    private void scanClass(Path folder, String part, String folderName) {
        Path other = folderOfClass.putIfAbsent(part + "/" + folderName, folder);
        if (other != null) {
            throw new Refusal("Two class folders have names that are both read as " + folderName + ": " + other
                    + " and " + folder + ". Rename one of them.");
        }
        int before = found.size();
        for (Path file : list(folder)) {
            String name = FileNames.last(file);
            if (isLeftOut(file)) {
                corrected++;
            } else if (Files.isDirectory(file)) {
                scanInner(file, name);
            } else {
                Optional<String> reason = PictureName.whyNot(file, name);
                if (reason.isPresent()) {
                    skipped.add(new Skipped(file, reason.get()));
                } else {
                    found.add(new Found(file, part, folderName, label + FileNames.inside(source, file)));
                }
            }
        }
        if (found.size() == before) {
            skipped.add(new Skipped(folder, "it holds no pictures"));
        }
    }

    private void scanInner(Path folder, String name) {
        int pictures = picturesBelow(folder, DEEPEST);
        Optional<String> clutter = Clutter.folder(name);
        if (clutter.isPresent()) {
            skipped.add(new Skipped(folder, counted(folder, clutter.get())));
        } else if (isAbove(folder)) {
            skipped.add(new Skipped(folder, "it is a link to a folder above it"));
        } else {
            skipped.add(new Skipped(folder, counted(folder, "folders inside class folders are not read")));
            if (pictures > 0) {
                deeper.put(FileNames.inside(source, folder), pictures);
                deeperFolders.add(folder);
            }
        }
    }

    private static boolean isAbove(Path folder) {
        try {
            return folder.toAbsolutePath().toRealPath().equals(folder.toRealPath())
                    && Files.isSymbolicLink(folder)
                    && folder.toAbsolutePath().getParent().toRealPath().startsWith(folder.toRealPath());
        } catch (IOException e) {
            return false; // a link that leads nowhere leads to no folder above
        }
    }

    private void remarkDeeper() {
        if (!deeper.isEmpty()) {
            remarks.add(new Remark(Remark.Kind.DEEPER, deeperWords(), deeperFolders, Corrections.NONE));
        }
    }

    private String deeperWords() {
        int pictures = deeper.values().stream().mapToInt(Integer::intValue).sum();
        return pictures + " pictures lie one folder deeper than class folders do and are not read: in "
                + deeper.keySet().stream().limit(NAMED).collect(Collectors.joining(", "))
                + (deeper.size() > NAMED ? " and " + (deeper.size() - NAMED) + " more" : "")
                + ". Move them up into their class folder, or make each of these folders a class of its own beside the"
                + " others.";
    }

    private static boolean isNamedAsPicture(String name) {
        return PictureReader.ENDINGS.contains(PictureReader.ending(name));
    }

    private boolean holdsPictures(Path folder) {
        return list(folder).stream()
                .anyMatch(entry -> isNamedAsPicture(FileNames.last(entry))
                        && Clutter.file(FileNames.last(entry)).isEmpty()
                        && !Files.isDirectory(entry));
    }

    private boolean holdsPicturesOrFolders(Path folder) {
        return holdsPictures(folder) || !folders(folder).isEmpty();
    }

    /** Those that may hold examples. */
    private List<Path> folders(Path folder) {
        return list(folder).stream()
                .filter(entry -> Files.isDirectory(entry)
                        && Clutter.folder(FileNames.last(entry)).isEmpty()
                        && !isLeftOut(entry))
                .toList();
    }

    /** Links to folders are not followed: they may lead in a circle. */
    private static int picturesBelow(Path folder, int depth) {
        try (Stream<Path> files = Files.walk(folder, depth)) {
            return (int) files.filter(file -> isNamedAsPicture(FileNames.last(file)) && Files.isRegularFile(file))
                    .count();
        } catch (IOException | java.io.UncheckedIOException e) {
            return 0; // it cannot be looked into: nothing in it could be learnt from either
        }
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted(Comparator.comparing((Path entry) -> FileNames.last(entry))
                            .thenComparing(Comparator.naturalOrder()))
                    .toList();
        } catch (IOException e) {
            throw new Refusal(
                    "The folder " + folder + " cannot be listed (" + AtomicFile.reason(e)
                            + "). Check that you may read it.",
                    e);
        }
    }
}
