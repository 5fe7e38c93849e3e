package graft.data;

import graft.Refusal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The parts of a data set, by the names that people and tools give their folders. */
public enum Parts {
    TRAIN("train", "train|training|trn|learn|learning"),
    VAL("val", "val|valid|validation|validate|dev|development|eval|evaluation"),
    TEST("test", "test|testing|tst");

    private static final String TAIL = "[ _.-]*(set|data|dataset|images|imgs|pictures|split)?";

    /** {@code seg_train}, {@code 1_train}, {@code train_224x224}, {@code val2017}. */
    private static final String ABOUT = "(.*[ _.-])?(%s)" + TAIL + "[ _.-]*(\\d[\\dx]*)?";

    private final String word;
    private final Pattern names;
    private final Pattern likely;

    Parts(String word, String names) {
        this.word = word;
        this.names = Pattern.compile("(" + names + ")" + TAIL);
        this.likely = Pattern.compile(String.format(ABOUT, names));
    }

    /** As it is called in every data set. */
    public String word() {
        return word;
    }

    /** The part that a folder of this name may be; empty where it can only be a class. */
    public static Optional<Parts> of(String folder) {
        return find(folder, part -> part.names);
    }

    private static Optional<Parts> find(String folder, Function<Parts, Pattern> by) {
        String lower = folder.strip().toLowerCase(Locale.ROOT);
        return Stream.of(values())
                .filter(part -> by.apply(part).matcher(lower).matches())
                .findFirst();
    }

    /**
     * Which folder is which part. Where no folders have the very names of parts, names that hold them count, as long as
     * there is one to learn from and one to judge by: a class may be called {@code crash_test}.
     *
     * @param folders that hold folders
     * @throws Refusal where two want to be one part, with what to rename
     */
    public static Map<Parts, Path> assign(Path source, List<Path> folders) {
        Map<Parts, List<Path>> named = wanting(folders, part -> part.names);
        Map<Parts, List<Path>> likely = wanting(folders, part -> part.likely);
        return single(source, isWhole(named) || !isWhole(likely) ? named : likely);
    }

    private static boolean isWhole(Map<Parts, List<Path>> parts) {
        return parts.containsKey(TRAIN) && (parts.containsKey(VAL) || parts.containsKey(TEST));
    }

    /** Whether a folder of this name may be a part, if others beside it are. */
    public static boolean isLikely(String folder) {
        return find(folder, part -> part.likely).isPresent();
    }

    private static Map<Parts, List<Path>> wanting(List<Path> folders, Function<Parts, Pattern> by) {
        Map<Parts, List<Path>> out = new LinkedHashMap<>();
        for (Path folder : folders) {
            find(FileNames.last(folder), by).ifPresent(part -> out.computeIfAbsent(part, p -> new ArrayList<>())
                    .add(folder));
        }
        return out;
    }

    private static Map<Parts, Path> single(Path source, Map<Parts, List<Path>> wanting) {
        Map<Parts, Path> out = new LinkedHashMap<>();
        wanting.forEach((part, all) -> {
            if (all.size() > 1) {
                throw new Refusal(source + " has " + all.size() + " folders that can be the part " + part.word + ": "
                        + String.join(", ", all.stream().map(FileNames::last).toList())
                        + ". Put their pictures into one,"
                        + " or move the other out of " + source + ".");
            }
            out.put(part, all.get(0));
        });
        return out;
    }

    /** What is in each part, by its name. */
    public static <T> Map<String, List<T>> byName(List<T> train, List<T> val, List<T> test) {
        Map<String, List<T>> out = new LinkedHashMap<>();
        out.put(TRAIN.word(), train);
        out.put(VAL.word(), val);
        out.put(TEST.word(), test);
        return out;
    }
}
