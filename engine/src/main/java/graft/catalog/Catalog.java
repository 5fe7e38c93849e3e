package graft.catalog;

import graft.Refusal;
import graft.files.AtomicFile;
import graft.files.Json;
import graft.online.Checksum;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The networks that Graft knows where to fetch: the resource {@code catalog.json}, a readable table. */
public final class Catalog {
    private static final String RESOURCE = "catalog.json";

    private record Entries(List<CatalogEntry> networks) {}

    private Catalog() {}

    /** In the order of the table. */
    public static List<CatalogEntry> entries() {
        try (InputStream in = Catalog.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is part of every build");
            }
            String table = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Json.read("{\"networks\":" + table + "}", Entries.class).networks();
        } catch (IOException e) {
            throw new Refusal("Cannot read Graft's own files: " + AtomicFile.reason(e) + ". Install Graft again.", e);
        }
    }

    /** The network of which {@code file} is the very file, byte by byte; asked of files of other lengths it costs nothing. */
    public static Optional<CatalogEntry> of(Path file) {
        try {
            long bytes = Files.size(file);
            for (CatalogEntry entry : entries()) {
                if (entry.bytes().isPresent()
                        && entry.bytes().getAsLong() == bytes
                        && new Checksum(Checksum.Kind.SHA256, entry.sha256()).holdsFor(file)) {
                    return Optional.of(entry);
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new Refusal(file + " cannot be read: " + AtomicFile.reason(e) + ".", e);
        }
    }

    /** The network of this name. */
    public static Optional<CatalogEntry> find(String id) {
        return entries().stream().filter(entry -> entry.id().equals(id)).findFirst();
    }
}
