package graft.data;

import graft.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The arrays that a data set consists of, out of a {@code .npz} file.
 *
 * @param arrays {@code x_train}, {@code y_train} and those of the other parts, perhaps {@code classes}
 * @param unused sentences about what else is in the file
 */
record NpzFile(Path file, Map<String, Npy> arrays, List<String> unused) {
    private static final List<String> LEARNT = List.of("x_train", "y_train");
    private static final List<String> JUDGED = List.of("x_val", "y_val");
    private static final List<String> TEST = List.of("x_test", "y_test");
    private static final String CLASSES = "classes";
    private static final String ENDING = ".npy";
    private static final String SAVE =
            " Arrays to learn from are saved with numpy.savez(file, x_train=…, y_train=…, x_val=…, y_val=…).";
    private static final int NAMED = 8;
    private static final int HEAD = 1024;

    static NpzFile read(Path file) {
        Map<String, Npy> arrays = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            List<String> held = zip.stream()
                    .map(entry -> entry.getName().replaceFirst("\\.npy$", ""))
                    .sorted()
                    .toList();
            boolean tested = held.containsAll(TEST);
            boolean judged = !tested || JUDGED.stream().anyMatch(held::contains);
            List<String> needed = new ArrayList<>(LEARNT);
            needed.addAll(judged ? JUDGED : List.of());
            needed.addAll(tested ? TEST : List.of());
            for (String name : needed) {
                ZipEntry entry = zip.getEntry(name + ENDING);
                if (entry == null) {
                    throw new Refusal(file + " has no array " + name + "; it holds " + listed(held) + "." + SAVE);
                }
                arrays.put(name, array(file, zip, entry, name));
            }
            ZipEntry classes = zip.getEntry(CLASSES + ENDING);
            if (classes != null) {
                arrays.put(CLASSES, array(file, zip, classes, CLASSES));
            }
            return new NpzFile(file, arrays, unused(file, held, arrays));
        } catch (IOException e) {
            throw new Refusal(file + " cannot be read as a .npz file: " + reason(file, e) + "." + SAVE, e);
        }
    }

    /**
     * The arrays of examples that nobody has labelled: {@code x}, and those of parts ({@code x_test}); else the only one that there is.
     *
     * @throws Refusal where there is none
     */
    static Map<String, Npy> unlabelled(Path file) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            List<String> held = zip.stream()
                    .map(entry -> entry.getName().replaceFirst("\\.npy$", ""))
                    .sorted()
                    .toList();
            List<String> wanted = held.size() == 1
                    ? held
                    : held.stream().filter(name -> name.matches("x(_.*)?")).toList();
            if (wanted.isEmpty()) {
                throw new Refusal(file + " has no array x, of which could be asked; it holds " + listed(held)
                        + ". Save the examples with numpy.savez(file, x=…).");
            }
            Map<String, Npy> arrays = new LinkedHashMap<>();
            for (String name : wanted) {
                arrays.put(name, array(file, zip, zip.getEntry(name + ENDING), name));
            }
            return arrays;
        } catch (IOException e) {
            throw new Refusal(
                    file + " cannot be read as a .npz file: " + reason(file, e)
                            + ". Save the examples with numpy.savez(file, x=…).",
                    e);
        }
    }

    private static List<String> unused(Path file, List<String> held, Map<String, Npy> used) {
        List<String> out = new ArrayList<>();
        List<String> left =
                held.stream().filter(name -> !used.containsKey(name)).toList();
        for (String half : left.stream().filter(TEST::contains).toList()) {
            String other = TEST.get(1 - TEST.indexOf(half));
            out.add(file + " has " + half + " but no " + other + ": there is no test part. Save both to have it judged"
                    + " at the end of a run.");
        }
        List<String> others = left.stream().filter(name -> !TEST.contains(name)).toList();
        if (!others.isEmpty()) {
            out.add(file + " also holds " + listed(others) + ", which " + (others.size() == 1 ? "is" : "are")
                    + " not used: the parts of a data set are called x_train, y_train, x_val, y_val, x_test and y_test,"
                    + " the names of its classes classes.");
        }
        return out;
    }

    private static String listed(List<String> names) {
        return names.isEmpty()
                ? "no arrays"
                : names.stream().limit(NAMED).collect(Collectors.joining(", "))
                        + (names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "");
    }

    /** What is there instead of a whole .npz file, for "cannot be read: …". */
    private static String reason(Path file, IOException error) throws Refusal {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(HEAD);
        } catch (IOException e) {
            throw new Refusal("Cannot read " + file + ": " + e.getMessage() + ". Check who may read it.", e);
        }
        if (Stream.of("PK\3\4", "PK\5\6").anyMatch(zip -> Bytes.begins(head, 0, zip))) {
            return "its end is missing or damaged, as after a copy that stopped (" + error.getMessage()
                    + "); copy it again";
        }
        return ForeignKind.ofArrays(head);
    }

    /** Java reads a file of a zip without looking at its checksum; NumPy looks. */
    private static Npy array(Path file, ZipFile zip, ZipEntry entry, String name) throws IOException {
        try (CheckedInputStream in = new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
            Npy array = Npy.read(in, file + ": " + name);
            boolean whole = in.read() < 0;
            if (whole && in.getChecksum().getValue() != entry.getCrc()) {
                throw new Refusal(
                        file + ": " + name + " is damaged: its numbers do not give the checksum that was saved"
                                + " with them. Copy the file again, or save it again with numpy.savez.");
            }
            return array;
        }
    }
}
