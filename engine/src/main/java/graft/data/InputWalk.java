package graft.data;

import graft.Refusal;
import graft.files.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Files, and those in folders of any depth, in the order of their names, one after the other: no list of them is held but of the
 * folders on the way to where the walk is. Folders mean nothing.
 */
public final class InputWalk {
    /** What is found; names are as the user gave them, what is inside of a folder with slashes. */
    public interface Visitor {
        /** A file that the user named. */
        void named(Path file, String name);

        /** A file in a folder. */
        void found(Path file, String name);

        /** A folder that cannot be looked into. */
        void unreadable(String name, String reason);

        /** A folder that holds no examples. */
        void passed(Path folder);
    }

    private final Visitor visitor;

    private InputWalk(Visitor visitor) {
        this.visitor = visitor;
    }

    public static void over(List<Path> inputs, Visitor visitor) {
        InputWalk walk = new InputWalk(visitor);
        for (Path input : inputs) {
            if (Files.isDirectory(input)) {
                walk.folder(input, input.toString(), List.of(input));
            } else {
                visitor.named(input, input.toString());
            }
        }
    }

    private void folder(Path folder, String called, List<Path> above) {
        List<Path> entries;
        try (Stream<Path> listed = Files.list(folder)) {
            entries = listed.sorted(Comparator.comparing((Path entry) -> FileNames.last(entry))
                            .thenComparing(Comparator.naturalOrder()))
                    .toList();
        } catch (IOException e) {
            visitor.unreadable(called, "the folder cannot be listed (" + AtomicFile.reason(e) + ")");
            return;
        }
        for (Path entry : entries) {
            String last = FileNames.last(entry);
            String name = called.endsWith("/") ? called + last : called + "/" + last;
            if (!Files.isDirectory(entry)) {
                visitor.found(entry, name);
            } else if (Clutter.folder(last).isPresent()) {
                visitor.passed(entry);
            } else if (leadsBack(entry, above)) {
                visitor.unreadable(name, "it is a link to a folder above it");
            } else {
                List<Path> way = new ArrayList<>(above);
                way.add(entry);
                folder(entry, name, way);
            }
        }
    }

    /** Only a link can. */
    private static boolean leadsBack(Path entry, List<Path> above) {
        if (!Files.isSymbolicLink(entry)) {
            return false;
        }
        try {
            for (Path folder : above) {
                if (Files.isSameFile(folder, entry)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new Refusal("Cannot look at " + entry + ": " + AtomicFile.reason(e) + ".", e);
        }
    }
}
