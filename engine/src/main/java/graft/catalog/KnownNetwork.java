package graft.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A network with a name, whether it is here or not.
 *
 * @param network its file; empty where it is to be fetched
 * @param entry of the catalog, where it is one
 */
public record KnownNetwork(
        String name,
        State state,
        Optional<Path> network,
        OptionalLong bytes,
        Optional<String> from,
        Optional<String> licence,
        Optional<CatalogEntry> entry) {
    /** Where it is. */
    public enum State {
        @JsonProperty("built-in")
        BUILT_IN("came along"),
        @JsonProperty("installed")
        INSTALLED("fetched"),
        @JsonProperty("available")
        AVAILABLE("to fetch");

        private final String word;

        State(String word) {
            this.word = word;
        }

        /** For a person. */
        public String word() {
            return word;
        }
    }

    /** What it answers as it was published. */
    public Optional<String> task() {
        return entry.map(CatalogEntry::task);
    }

    public Optional<String> description() {
        return entry.map(CatalogEntry::description);
    }
}
