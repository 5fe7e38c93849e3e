package graft.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import graft.Refusal;
import graft.files.Json;
import graft.online.Answer;
import graft.online.Checksum;
import graft.online.Connections;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A hub of networks that speaks as Hugging Face's does ({@code /api/models/…}, {@code /ORG/NAME/resolve/COMMIT/PATH}).
 *
 * @param address {@code HF_ENDPOINT}; Hugging Face where it is not set
 * @param token {@code HF_TOKEN}: sent to this hub's host alone
 */
public record Hub(URI address, Optional<String> token) {
    private static final String USUAL = "https://huggingface.co";
    private static final int MOST_BYTES = 64 << 20;

    /** As the environment says. */
    public static Hub ofEnvironment() {
        return new Hub(URI.create(said("HF_ENDPOINT").orElse(USUAL).replaceFirst("/+$", "")), said("HF_TOKEN"));
    }

    private static Optional<String> said(String variable) {
        return Optional.ofNullable(System.getenv(variable)).map(String::strip).filter(word -> !word.isEmpty());
    }

    /** Where {@code path} of {@code repository} is fetched from. */
    public URI file(String repository, String revision, String path) {
        return at("/" + repository + "/resolve/" + revision + "/" + path);
    }

    private URI at(String path) {
        try {
            return URI.create(address + new URI(null, null, path, null).getRawPath());
        } catch (URISyntaxException e) {
            throw new Refusal(path + " is no path of a hub.", e);
        }
    }

    /** The token, where {@code place} is of this hub. */
    Optional<String> tokenFor(URI place) {
        return token.filter(word -> String.valueOf(place).startsWith(address + "/"));
    }

    /**
     * What the repository holds.
     *
     * @throws Refusal where it cannot be had, or the answer is none of a hub
     */
    public HubListing list(HubName name, Connections connections) {
        URI asked = URI.create(at("/api/models/" + name.repository() + "/revision/" + name.revision()) + "?blobs=true");
        Map<String, String> headers =
                token.map(word -> Map.of("Authorization", "Bearer " + word)).orElse(Map.of());
        try (Answer answer = connections.get(asked, headers)) {
            if (answer.status() != 200) {
                throw refused(name, answer.status());
            }
            byte[] text = answer.body().readNBytes(MOST_BYTES);
            return listing(name, Json.parse(new String(text, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new Refusal(
                    address.getHost() + " cannot be asked for " + name + ": " + e.getMessage()
                            + ". Check the connection, or take the network from a folder with --catalog.",
                    e);
        }
    }

    private Refusal refused(HubName name, int status) {
        return switch (status) {
            case 401, 403 ->
                new Refusal(name + " is not there, or not open to everybody (" + address.getHost() + " answers "
                        + status + "). Check the name; where it is yours to fetch, put your token into HF_TOKEN.");
            case 404 ->
                new Refusal(address.getHost() + " has no repository " + name.repository() + " with a revision "
                        + name.revision() + ". Check the name on its pages.");
            default ->
                new Refusal(
                        address.getHost() + " answers " + status + " when asked for " + name + ". Try again later.");
        };
    }

    private HubListing listing(HubName name, JsonNode told) {
        String commit = told.path("sha").asText("");
        if (!commit.matches("[0-9a-f]{7,64}") || !told.path("siblings").isArray()) {
            throw new Refusal(address + " does not answer as a hub does: it says neither commit nor files of " + name
                    + ". Check HF_ENDPOINT.");
        }
        List<HubFile> files = new ArrayList<>();
        for (JsonNode each : told.path("siblings")) {
            JsonNode large = each.path("lfs");
            Optional<Checksum> checksum = large.hasNonNull("sha256")
                    ? Optional.of(new Checksum(
                            Checksum.Kind.SHA256, large.get("sha256").asText()))
                    : Optional.ofNullable(each.path("blobId").asText(null))
                            .map(id -> new Checksum(Checksum.Kind.GIT, id));
            JsonNode bytes = large.hasNonNull("size") ? large.get("size") : each.path("size");
            files.add(new HubFile(
                    each.path("rfilename").asText(""),
                    bytes.isIntegralNumber() ? OptionalLong.of(bytes.asLong()) : OptionalLong.empty(),
                    checksum));
        }
        return new HubListing(
                name,
                commit,
                Optional.ofNullable(told.path("cardData").path("license").asText(null)),
                files);
    }
}
