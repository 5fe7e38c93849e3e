package graft.data;

import graft.Refusal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The parts of a data set, by the names that people and tools give their folders. */
enum Parts {
    TRAIN("train", "train|training|trn|learn|learning"),
    VAL("val", "val|valid|validation|validate|dev|development|eval|evaluation"),
    TEST("test", "test|testing|tst");

    private static final String TAIL = "[ _.-]*(set|data|dataset|images|imgs|pictures|split)?";

    private final String word;
    private final Pattern names;

    Parts(String word, String names) {
        this.word = word;
        this.names = Pattern.compile("(" + names + ")" + TAIL);
    }

    /** As it is called in every data set. */
    String word() {
        return word;
    }

    /** The part that a folder of this name may be; empty where it can only be a class. */
    static Optional<Parts> of(String folder) {
        String lower = folder.strip().toLowerCase(Locale.ROOT);
        for (Parts part : values()) {
            if (part.names.matcher(lower).matches()) {
                return Optional.of(part);
            }
        }
        return Optional.empty();
    }

    /**
     * Which folder is which part.
     *
     * @param folders that hold folders and have the name of a part
     * @throws Refusal where two want to be one part, with what to rename
     */
    static Map<Parts, Path> assign(Path source, List<Path> folders) {
        Map<Parts, List<Path>> wanting = new LinkedHashMap<>();
        for (Path folder : folders) {
            of(FileNames.last(folder)).ifPresent(part -> wanting.computeIfAbsent(part, p -> new ArrayList<>())
                    .add(folder));
        }
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
}
