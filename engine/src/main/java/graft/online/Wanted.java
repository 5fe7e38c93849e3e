package graft.online;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A file of another machine, and where it is to lie.
 *
 * @param file under its final name; its folder exists
 * @param bytes that were promised
 * @param checksum that was promised
 * @param token that opens it, for the host of {@code address} alone
 */
public record Wanted(URI address, Path file, OptionalLong bytes, Optional<Checksum> checksum, Optional<String> token) {
    /** Nothing is known of it but its address. */
    public static Wanted of(URI address, Path file) {
        return new Wanted(address, file, OptionalLong.empty(), Optional.empty(), Optional.empty());
    }

    /** The headers that every request for it has. */
    Map<String, String> headers() {
        return token.map(word -> Map.of("Authorization", "Bearer " + word)).orElse(Map.of());
    }

    /** Its name, for a person. */
    String name() {
        return file.getFileName().toString();
    }
}
