package graft.text;

import graft.Refusal;
import graft.data.FileNames;
import graft.data.Wrapping;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Why what was given to a network that reads texts is not taken for texts. */
public final class NoTexts {
    private static final int DEPTH = 4;

    private static final String GIVE =
            "Give a table with a column of texts and one of labels (.csv, .tsv, .jsonl), or a folder"
                    + " with one sub-folder per class that holds .txt files";

    private NoTexts() {}

    /**
     * The words for the user.
     *
     * @param network a file whose network reads texts
     */
    public static Refusal of(Path source, Path network) {
        try {
            Wrapping.refuse(source);
        } catch (Refusal e) {
            return e;
        }
        if (!Files.isDirectory(source)) {
            boolean text = isText(source);
            return new Refusal(network + " reads texts, and " + source
                    + (text ? " is a single text without a label. " : " is neither a table nor a folder of texts. ")
                    + GIVE
                    + (text
                            ? "; where each line holds a text and its label, call the file .csv or .tsv. From text alone a"
                                    + " network learns with --task text-generation."
                            : "."));
        }
        Optional<Path> text = first(source, NoTexts::isText);
        Optional<Path> picture = first(source, TextFiles::isPicture);
        if (text.isPresent() && picture.isPresent()) {
            return new Refusal(
                    source + " holds texts (such as " + text.get() + ") and pictures (such as " + picture.get()
                            + "), and a folder with pictures in it is read as one of pictures; " + network
                            + " reads texts. Say --task text-classification to read the texts alone, or move the pictures"
                            + " elsewhere.");
        }
        if (picture.isPresent()) {
            return new Refusal(network + " reads texts, no pictures, and " + source + " holds pictures (such as "
                    + picture.get() + "). " + GIVE + ", or choose a network for pictures.");
        }
        return new Refusal(source + " holds no texts that are read, and " + network + " reads texts. "
                + first(source, file -> Wrapping.of(file).isPresent())
                        .flatMap(Wrapping::of)
                        .orElse(GIVE + "."));
    }

    private static boolean isText(Path file) {
        return FileNames.last(file).toLowerCase(Locale.ROOT).endsWith(".txt");
    }

    private static Optional<Path> first(Path folder, java.util.function.Predicate<Path> which) {
        try (Stream<Path> files = Files.walk(folder, DEPTH)) {
            return files.filter(Files::isRegularFile).filter(which).sorted().findFirst();
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty(); // what cannot be looked into is named by whoever reads it
        }
    }
}
