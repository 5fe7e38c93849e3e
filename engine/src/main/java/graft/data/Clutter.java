package graft.data;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What systems, cameras and programs leave in picture folders; the one list of it. Never learnt from, always said. */
public final class Clutter {
    private static final String TRASH = "it is a folder of deleted files";
    private static final String SMALL = "it is a folder of small copies that a program keeps";
    private static final String SYSTEM = "it is a folder that a system or program keeps for itself";

    /** In lower case. No plain word is among them: "trash" is a class of many data sets. */
    private static final Map<String, String> FOLDERS = Map.ofEntries(
            Map.entry("$recycle.bin", TRASH),
            Map.entry("#recycle", TRASH),
            Map.entry("@recycle", TRASH),
            Map.entry("@recently-snapshot", SYSTEM),
            Map.entry("lost+found", SYSTEM),
            Map.entry("system volume information", SYSTEM),
            Map.entry("__macosx", SYSTEM),
            Map.entry("@eadir", SMALL),
            Map.entry("__pycache__", SYSTEM),
            Map.entry("lost.dir", SYSTEM),
            Map.entry("#snapshot", SYSTEM),
            Map.entry("~snapshot", SYSTEM),
            Map.entry("@__thumb", SMALL),
            Map.entry("@tmp", SYSTEM));

    private static final Set<String> FILES = Set.of("thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r");

    /** As the hub lays them beside a network. */
    private static final Set<String> OF_NETWORKS = Set.of(
            "tokenizer.json",
            "tokenizer_config.json",
            "special_tokens_map.json",
            "added_tokens.json",
            "config.json",
            "generation_config.json",
            "preprocessor_config.json",
            "config_sentence_transformers.json",
            "sentence_bert_config.json",
            "modules.json",
            "vocab.json",
            "vocab.txt",
            "merges.txt");

    /** Names, without their ending, of pictures that say that there is none. */
    private static final Set<String> PLACEHOLDERS = Set.of(
            "imagenotfound",
            "image_not_found",
            "image-not-found",
            "image not found",
            "notfound",
            "no_image",
            "no-image",
            "noimage",
            "image_unavailable",
            "photo_unavailable",
            "photo-unavailable",
            "placeholder");

    private Clutter() {}

    /** Why a folder of this name holds no examples; empty for all others. */
    public static Optional<String> folder(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (FOLDERS.containsKey(lower)) {
            return Optional.of(FOLDERS.get(lower));
        }
        if (lower.matches("found\\.\\d{3}")) { // what a check of a disk found
            return Optional.of(SYSTEM);
        }
        if (lower.startsWith(".trash")) {
            return Optional.of(TRASH);
        }
        return name.startsWith(".") ? Optional.of("it is a hidden folder") : Optional.empty();
    }

    /** Why a file of this name is no example; empty for all others. */
    public static Optional<String> file(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (name.startsWith("._")) {
            return Optional.of("it is what macOS keeps beside a file");
        }
        if (name.startsWith(".")) {
            return Optional.of("it is a hidden file");
        }
        if (FILES.contains(lower)) {
            return Optional.of("a system keeps it for itself");
        }
        if (OF_NETWORKS.contains(lower)) {
            return Optional.of("it belongs to a network");
        }
        int dot = lower.lastIndexOf('.');
        if (PLACEHOLDERS.contains(dot < 0 ? lower : lower.substring(0, dot))) {
            return Optional.of("its name says that it stands in for a picture that was not found");
        }
        return Optional.empty();
    }
}
