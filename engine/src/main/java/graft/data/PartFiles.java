package graft.data;

import graft.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Data that lie in one file, or in a folder with a file for each part, recognised by what is in them.
 *
 * @param parts {@link Parts#TRAIN} alone where it is still to be split
 */
public record PartFiles(Map<Parts, Path> parts, List<Skipped> skipped, List<Remark> remarks) {
    /** A folder may hold anything: so many files are looked into. */
    private static final int FILES = 30;

    /** Whether data are of a kind. */
    public static boolean areAt(Path source, Predicate<Path> isOne) {
        if (!Files.isDirectory(source)) {
            return isOne.test(source);
        }
        Optional<JoinedData> joined = JoinedData.at(source);
        return joined.isPresent()
                ? joined.get().members().values().stream().allMatch(member -> areAt(member, isOne))
                : !candidates(source, isOne).isEmpty();
    }

    /** Files of a folder that may be parts, or the only one of their kind. */
    private static List<Path> candidates(Path folder, Predicate<Path> isOne) {
        try (Stream<Path> entries = Files.list(folder)) {
            List<Path> files = entries.filter(Files::isRegularFile)
                    .sorted(Comparator.comparing(FileNames::last))
                    .toList();
            List<Path> named =
                    files.stream().filter(file -> part(file).isPresent()).toList();
            return (named.isEmpty() ? files : named)
                    .stream().limit(FILES).filter(isOne).toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of(); // what cannot be looked into is told by whoever reads it
        }
    }

    /** By the whole name (train.conll), its first or last word (wnut17_train.conll, train-v1.1.json), or its ending (eng.train). */
    private static Optional<Parts> part(Path file) {
        String name = FileNames.last(file);
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        int last = Math.max(stem.lastIndexOf('_'), Math.max(stem.lastIndexOf('-'), stem.lastIndexOf('.')));
        return Stream.of(
                        stem,
                        stem.substring(last + 1),
                        name.substring(dot + 1),
                        stem.substring(0, Math.max(0, stem.indexOf('.'))),
                        stem.replaceFirst("[-_ ]v?[0-9].*", ""))
                .map(Parts::of)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /**
     * @param nothing what is said where there are none
     * @param ending of a file to learn from, for messages: "train.conll (or .jsonl)"
     * @throws Refusal where there are none, or where it cannot be told which file is which part
     */
    public static PartFiles of(Path source, Predicate<Path> isOne, String nothing, String ending) {
        if (!Files.exists(source)) {
            throw new Refusal("There is no " + source + ". Check the path of the data.");
        }
        if (!Files.isDirectory(source)) {
            Wrapping.refuse(source);
            return new PartFiles(Map.of(Parts.TRAIN, source), List.of(), List.of());
        }
        List<Path> files = candidates(source, isOne);
        if (files.isEmpty()) {
            throw new Refusal(nothing);
        }
        return files.size() == 1
                ? new PartFiles(Map.of(Parts.TRAIN, files.get(0)), List.of(), List.of())
                : parts(source, files, ending);
    }

    private static PartFiles parts(Path source, List<Path> files, String ending) {
        Map<Parts, Path> parts = new EnumMap<>(Parts.class);
        List<Skipped> skipped = new ArrayList<>();
        for (Path file : files) {
            Optional<Parts> part = part(file);
            if (part.isEmpty()) {
                skipped.add(new Skipped(file, "it stands beside the parts and is none of them"));
                continue;
            }
            Path other = parts.putIfAbsent(part.get(), file);
            if (other != null) {
                throw new Refusal(source + " holds two files that can be the part "
                        + part.get().word() + ": "
                        + FileNames.last(other) + " and " + FileNames.last(file)
                        + ". Move one of them elsewhere, or give one file alone to have it split.");
            }
        }
        if (!parts.containsKey(Parts.TRAIN)) {
            throw new Refusal(source + " holds "
                    + files.stream().map(FileNames::last).collect(Collectors.joining(", "))
                    + " but no file train to learn from. Name it " + ending
                    + ", or give one of the files alone to have it split.");
        }
        StringBuilder text = new StringBuilder(FileNames.last(parts.get(Parts.TRAIN)) + " is what is learnt from");
        text.append(
                parts.containsKey(Parts.VAL)
                        ? ", " + FileNames.last(parts.get(Parts.VAL)) + " what is judged by while learning. "
                        : "; a fifth of it is set aside to choose the best epoch by. ");
        if (parts.containsKey(Parts.TEST)) {
            text.append(FileNames.last(parts.get(Parts.TEST))).append(" is judged once, at the end of a run.");
        }
        return new PartFiles(
                parts,
                List.copyOf(skipped),
                List.of(Remark.of(Remark.Kind.LAYOUT, text.toString().strip(), List.of())));
    }
}
