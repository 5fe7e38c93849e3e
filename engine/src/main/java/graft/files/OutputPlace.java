package graft.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Where a command was told to write. Nothing of the user's is replaced there: an older file gives way only where Graft made it
 * and can make it again.
 */
public final class OutputPlace {
    private OutputPlace() {}

    /**
     * To be called before the work begins.
     *
     * @param ours whether an existing file is one that may be replaced
     * @param read the files that the work reads
     * @throws CannotWrite where writing to {@code out} would lose something, or is not possible
     */
    public static void checkFile(Path out, Predicate<Path> ours, Path... read) {
        Path target = AsideFile.target(out);
        for (Path input : read) {
            if (isSame(target, input)) {
                throw new CannotWrite(out + " is " + (out.equals(input) ? "" : input + ", ")
                        + "the file that is read, and would be lost. Name another file with --out.");
            }
        }
        Path folder = target.getParent();
        if (!Files.isDirectory(folder)) {
            throw new CannotWrite("Cannot write " + out + ": there is no folder " + folder
                    + ". Make it, or name another place" + " with --out.");
        }
        if (!Files.isWritable(folder)) {
            throw new CannotWrite("Cannot write " + out + ": the folder " + folder
                    + " is write-protected. Name another place" + " with --out.");
        }
        if (Files.exists(target) && !ours.test(target)) {
            throw new CannotWrite(
                    out + " exists already and is no file that Graft made and could make again, so it is not"
                            + " replaced. Name another file with --out, or remove it first.");
        }
    }

    /**
     * As {@link #checkFile}, for files that are written into a folder, which is made if it is not there.
     *
     * @param names of the files
     * @param data what is learnt from or judged by: what is written among examples would be taken for one
     */
    public static void checkFolder(Path out, List<String> names, Predicate<Path> ours, Path data, Path... read) {
        if (Files.exists(out) && !Files.isDirectory(out)) {
            throw new CannotWrite(out + " is a file, not a folder. Name a folder with --out.");
        }
        refuseEverybodysPlace(out);
        if (Files.isDirectory(data)) {
            Path place = real(out);
            Path examples = real(data);
            if (place.startsWith(examples)) {
                throw new CannotWrite(
                        out + " lies in " + data + ", among the examples, where what is written would be taken"
                                + " for some of them. Name a folder elsewhere with --out.");
            }
            if (examples.startsWith(place)) {
                throw new CannotWrite(out + " is the folder that " + data
                        + " lies in. Name a folder of its own with --out," + " such as " + out.resolve("result") + ".");
            }
        }
        if (!Files.isDirectory(out)) {
            return;
        }
        Path[] inputs = Arrays.copyOf(read, read.length + 1);
        inputs[read.length] = data;
        for (String name : names) {
            checkFile(out.resolve(name), ours, inputs);
        }
    }

    /**
     * For work that writes files of its own choice again and again: they need a folder of their own.
     *
     * @throws CannotWrite if anything is in {@code out} but what systems put there
     */
    public static void checkEmpty(Path out) {
        if (!Files.isDirectory(out)) {
            return;
        }
        try (Stream<Path> entries = Files.list(out)) {
            entries.filter(entry -> !isOfSystem(entry.getFileName().toString()))
                    .min(Comparator.naturalOrder())
                    .ifPresent(entry -> {
                        throw new CannotWrite(out + " is in use: it holds " + entry.getFileName()
                                + ", which is nothing that this run" + " wrote. " + own(out));
                    });
        } catch (IOException e) {
            throw new CannotWrite("Cannot look into " + out + ": " + AtomicFile.reason(e) + ".", e);
        }
    }

    /** Also what another run of the same folder holds while it is being refused or written. */
    private static boolean isOfSystem(String name) {
        return name.startsWith(".")
                || name.equals("lost+found")
                || name.equals("run.lock")
                || name.endsWith(".part")
                || name.equalsIgnoreCase("desktop.ini")
                || name.equalsIgnoreCase("thumbs.db");
    }

    private static void refuseEverybodysPlace(Path out) {
        Path place = real(out);
        String what = place.getParent() == null
                ? "the top of the file system"
                : place.equals(real(Path.of(System.getProperty("user.home"))))
                        ? "the home folder"
                        : place.equals(real(Path.of(System.getProperty("java.io.tmpdir"))))
                                ? "the folder of all temporary files"
                                : "";
        if (!what.isEmpty()) {
            throw new CannotWrite(out + " is " + what + ", where results would lie among everything else. " + own(out));
        }
    }

    private static String own(Path out) {
        return "Name a new folder with --out, such as " + out.resolve("result") + ".";
    }

    private static boolean isSame(Path a, Path b) {
        try {
            return real(a).equals(real(b)) || Files.exists(a) && Files.exists(b) && Files.isSameFile(a, b);
        } catch (IOException e) {
            throw new CannotWrite("Cannot look at " + a + ": " + AtomicFile.reason(e) + ".", e);
        }
    }

    /** Without links, as far as it exists. */
    private static Path real(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        for (Path there = absolute; there != null; there = there.getParent()) {
            if (Files.exists(there)) {
                try {
                    return there.toRealPath()
                            .resolve(there.relativize(absolute))
                            .normalize();
                } catch (IOException e) {
                    throw new CannotWrite("Cannot look at " + there + ": " + AtomicFile.reason(e) + ".", e);
                }
            }
        }
        return absolute;
    }
}
