package graft.text;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** The formats of tables, by the endings of their files. */
enum TableKind {
    CSV,
    TSV,
    /** JSON lines, or one array of objects. */
    JSON;

    static final String ENDINGS = ".csv, .tsv, .jsonl or .json";

    static Optional<TableKind> of(Path file) {
        String name =
                file.getFileName() == null ? "" : file.getFileName().toString().toLowerCase(Locale.ROOT);
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "csv" -> Optional.of(CSV);
            case "tsv", "tab" -> Optional.of(TSV);
            case "jsonl", "ndjson", "json" -> Optional.of(JSON);
            default -> Optional.empty();
        };
    }
}
