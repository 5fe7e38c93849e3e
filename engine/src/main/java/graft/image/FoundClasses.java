package graft.image;

import graft.Refusal;
import graft.data.Parts;
import graft.data.Skipped;
import graft.image.PictureFiles.Found;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whether classes that were found can be told apart.
 *
 * @param parts the folders of the parts, for messages
 * @param deeper what lies too deep to be read, in words; "" where nothing does
 */
record FoundClasses(Path source, List<Found> found, List<Skipped> skipped, Map<Parts, Path> parts, String deeper) {
    /** @throws Refusal where they cannot, with what to do about it */
    Set<String> check() {
        refuseNothing();
        Set<String> learnt = classesOf(Parts.TRAIN.word());
        learnt.addAll(classesOf(""));
        Set<String> val = classesOf(Parts.VAL.word());
        if (classesOf("").isEmpty()) {
            refuseEmpty(learnt, Parts.TRAIN);
            refuseEmpty(val, Parts.VAL);
        }
        refuseUnknown(val, learnt, "val");
        refuseUnknown(classesOf(Parts.TEST.word()), learnt, "test");
        if (learnt.size() < 2) {
            throw new Refusal(source + " has pictures of one class only ("
                    + String.join("", learnt)
                    + "). There is nothing to tell apart: add a folder with pictures of at least one other class."
                    + (deeper.isEmpty() ? "" : " " + deeper));
        }
        return learnt;
    }

    private void refuseNothing() {
        if (!found.isEmpty()) {
            return;
        }
        throw new Refusal(source + " holds no pictures in class folders. "
                + (deeper.isEmpty()
                        ? "Put the pictures (" + String.join(", ", PictureReader.ENDINGS)
                                + ") into one sub-folder per class, for example " + source.resolve("cat") + " and "
                                + source.resolve("dog") + "."
                        : deeper)
                + (skipped.isEmpty()
                        ? ""
                        : " " + skipped.size() + " files were left out, such as "
                                + skipped.get(0).file() + ": " + skipped.get(0).reason() + "."));
    }

    private void refuseUnknown(Set<String> some, Set<String> learnt, String part) {
        for (String name : some) {
            if (learnt.contains(name)) {
                continue;
            }
            Optional<String> alike = learnt.stream()
                    .filter(other -> NameRemarks.key(other).equals(NameRemarks.key(name)))
                    .findFirst();
            throw new Refusal("The class " + NameRemarks.quoted(name) + " has pictures in "
                    + place(part, name).getParent() + " but none to learn from (there are "
                    + learnt.stream().map(NameRemarks::quoted).collect(Collectors.joining(", ")) + "). "
                    + (alike.isPresent()
                            ? "It hardly differs from " + NameRemarks.quoted(alike.get()) + ": rename the folder "
                                    + place(part, name) + " to that."
                            : "Rename the folder, or add pictures to learn the class from."));
        }
    }

    private Path place(String part, String className) {
        return found.stream()
                .filter(f -> f.part().equals(part) && f.className().equals(className))
                .map(f -> f.file().getParent())
                .findFirst()
                .orElse(source);
    }

    private void refuseEmpty(Set<String> classes, Parts part) {
        if (classes.isEmpty()) {
            throw new Refusal(
                    parts.get(part) + " holds no pictures. Put pictures into one sub-folder per class, or remove"
                            + " the folders of the parts and give one folder per class to have it split.");
        }
    }

    private Set<String> classesOf(String part) {
        return found.stream()
                .filter(picture -> picture.part().equals(part))
                .map(Found::className)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
