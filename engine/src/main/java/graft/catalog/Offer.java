package graft.catalog;

import graft.online.Checksum;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A network that can be had, with all that belongs to it.
 *
 * @param name of the folder it gets
 * @param from where, for a person: an address, {@code hf:ORG/NAME}
 * @param revision the commit, or ""
 * @param licence as whoever offers it says; empty where that is not known
 * @param network the {@code .onnx} file's path, one of {@code files}
 */
record Offer(String name, String from, String revision, Optional<String> licence, String network, List<Part> files) {
    /** Where a file is: at an address, or on this machine. */
    record Part(HubFile file, Optional<URI> address, Optional<Path> here) {
        static Part at(URI address, HubFile file) {
            return new Part(file, Optional.of(address), Optional.empty());
        }

        static Part here(Path place, HubFile file) {
            return new Part(file, Optional.empty(), Optional.of(place));
        }
    }

    OptionalLong bytes() {
        return files.stream().anyMatch(part -> part.file().bytes().isEmpty())
                ? OptionalLong.empty()
                : OptionalLong.of(files.stream()
                        .mapToLong(part -> part.file().bytes().getAsLong())
                        .sum());
    }

    /** What a repository of a hub offers. */
    static Offer of(HubListing listing, HubChoice choice, Hub hub) {
        return new Offer(
                listing.name().organisation() + "--" + listing.name().name(),
                listing.name().toString(),
                listing.commit(),
                listing.licence(),
                choice.network().path(),
                choice.files().stream()
                        .map(file ->
                                Part.at(hub.file(listing.name().repository(), listing.commit(), file.path()), file))
                        .toList());
    }

    /** What the catalog offers; without a tokenizer, which another repository has. */
    static Offer of(CatalogEntry entry, Hub hub) {
        String file = entry.path().substring(entry.path().lastIndexOf('/') + 1);
        HubFile network =
                new HubFile(file, entry.bytes(), Optional.of(new Checksum(Checksum.Kind.SHA256, entry.sha256())));
        return new Offer(
                entry.id(),
                "hf:" + entry.repository() + "/" + entry.path(),
                "",
                Optional.of(entry.licence()),
                file,
                List.of(Part.at(hub.file(entry.repository(), "main", entry.path()), network)));
    }

    /** What is installed in another folder of networks. */
    static Offer of(InstalledNetwork there) {
        return new Offer(
                there.name(),
                there.from(),
                there.revision(),
                there.licence(),
                there.network(),
                there.files().stream()
                        .map(file -> Part.here(
                                there.folder().resolve(file.path()),
                                new HubFile(
                                        file.path(),
                                        OptionalLong.of(file.bytes()),
                                        Optional.of(new Checksum(Checksum.Kind.SHA256, file.sha256())))))
                        .toList());
    }
}
