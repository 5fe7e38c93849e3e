package graft.catalog;

import graft.Refusal;
import graft.files.AsideFile;
import graft.files.CannotWrite;
import graft.online.Checksum;
import graft.online.Connections;
import graft.online.Download;
import graft.online.Patience;
import graft.online.Wanted;
import graft.progress.Progress;
import graft.progress.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Brings networks onto this machine: from the catalog, from a repository of a hub, from an address, from a file, or from a folder of
 * networks that was carried here. Each file is checked against what whoever offers it states; a network is there when all of its
 * files are.
 */
public final class NetworkFetcher {
    private static final int PIECE = 1 << 20;
    private static final double MEGABYTE = 1e6;

    private final Hub hub;
    private final InstalledNetworks networks;
    private final Patience patience;

    /** @param networks into which they go */
    public NetworkFetcher(Hub hub, InstalledNetworks networks, Patience patience) {
        this.hub = hub;
        this.networks = networks;
        this.patience = patience;
    }

    /**
     * @param what a name of the catalog, {@code hf:ORG/NAME[@REVISION]}, an address, or a file
     * @param file the {@code .onnx} file's path in a repository; empty where Graft is to choose
     * @param carried a folder of networks from which to take it, in place of a connection
     * @param name of the network here; empty for its own
     * @param sha256 that the file of an address or a path must have
     */
    public record Request(
            String what,
            Optional<String> file,
            Optional<Path> carried,
            Optional<String> name,
            Optional<String> sha256) {
        public static Request of(String what) {
            return new Request(what, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        }
    }

    /**
     * Fetches it; what is there already is checked and kept.
     *
     * @return empty where it was cancelled; what has come is then gone on with the next time
     * @throws Refusal where it cannot be had, or is not what was promised
     */
    public Optional<FetchedNetwork> fetch(Request request, Progress progress) {
        long begun = System.nanoTime();
        try (Connections connections = Connections.open(patience)) {
            Offer offer = named(offer(request, connections), request);
            Optional<InstalledNetwork> before = networks.find(offer.name());
            if (before.isPresent() && !before.get().from().equals(offer.from())) {
                throw new Refusal("A network " + offer.name() + " is in " + networks.root() + " already, from "
                        + before.get().from()
                        + ". Give this one another name with --name, or remove that one by `graft networks"
                        + " remove " + offer.name() + "`.");
            }
            announce(offer, progress);
            List<InstalledNetwork.File> files = new ArrayList<>();
            Path folder = networks.folder(offer.name());
            for (Offer.Part part : offer.files()) {
                Path file = placed(folder, part.file().path());
                if (!brought(part, file, connections, progress)) {
                    return Optional.empty();
                }
                files.add(new InstalledNetwork.File(
                        part.file().path(), size(file), sha256(file).hex()));
            }
            InstalledNetwork network = new InstalledNetwork(
                    offer.name(), offer.from(), offer.revision(), offer.licence(), offer.network(), files, folder);
            networks.add(network);
            return Optional.of(FetchedNetwork.of(network, (System.nanoTime() - begun) / 1e9));
        }
    }

    private static Offer named(Offer offer, Request request) {
        String name = request.name().orElse(offer.name());
        if (new HubFile(name, OptionalLong.empty(), Optional.empty()).path().contains("/")) {
            throw new Refusal("--name " + name + " is a path. Give a plain name.");
        }
        return new Offer(name, offer.from(), offer.revision(), offer.licence(), offer.network(), offer.files());
    }

    private static void announce(Offer offer, Progress progress) {
        String size = offer.bytes().isPresent()
                ? String.format(Locale.ROOT, "%.1f MB", offer.bytes().getAsLong() / MEGABYTE)
                : "size not stated";
        progress.note(
                offer.name() + " from " + offer.from() + ": " + offer.files().size()
                        + (offer.files().size() == 1 ? " file, " : " files, ") + size + ". Licence: "
                        + offer.licence().orElse("not stated") + ".");
    }

    private Offer offer(Request request, Connections connections) {
        String what = request.what();
        if (request.carried().isPresent()) {
            InstalledNetworks carried = new InstalledNetworks(request.carried().get());
            return carried.find(what)
                    .map(Offer::of)
                    .orElseThrow(() -> new Refusal(carried.root() + " holds no network " + what + ". It holds "
                            + names(carried.list().stream()
                                    .map(InstalledNetwork::name)
                                    .toList()) + "."));
        }
        if (HubName.isMeant(what)) {
            HubListing listing = hub.list(HubName.of(what), connections);
            return Offer.of(listing, HubChoice.of(listing, request.file()), hub);
        }
        if (what.contains("://")) {
            return ofAddress(what, request.sha256());
        }
        if (Files.exists(Path.of(what))) {
            return ofFile(Path.of(what), request.sha256());
        }
        return Catalog.find(what)
                .map(entry -> ofCatalog(entry, connections))
                .orElseThrow(() -> new Refusal("The catalog has no network " + what
                        + ", and there is no such file. `graft networks` lists the names; others are fetched by"
                        + " hf:ORGANISATION/NAME or by an address."));
    }

    private static String names(List<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    private Offer ofCatalog(CatalogEntry entry, Connections connections) {
        Offer offer = Offer.of(entry, hub);
        if (entry.tokenizer().isEmpty()) {
            return offer;
        }
        HubListing listing = hub.list(HubName.of("hf:" + entry.tokenizer().get()), connections);
        List<Offer.Part> files = new ArrayList<>(offer.files());
        for (HubFile file : HubChoice.tokenizer(listing)) {
            files.add(Offer.Part.at(hub.file(entry.tokenizer().get(), listing.commit(), file.path()), file));
        }
        return new Offer(offer.name(), offer.from(), offer.revision(), offer.licence(), offer.network(), files);
    }

    private static Offer ofAddress(String what, Optional<String> sha256) {
        URI address;
        try {
            address = URI.create(what);
        } catch (IllegalArgumentException e) {
            throw new Refusal(what + " is no address.", e);
        }
        String path = String.valueOf(address.getPath());
        String file = path.substring(path.lastIndexOf('/') + 1);
        HubFile network = new HubFile(file.isEmpty() ? "network.onnx" : file, OptionalLong.empty(), checksum(sha256));
        if (!network.name().endsWith(".onnx")) {
            throw new Refusal(what + " names no .onnx file. Give the address of the file itself.");
        }
        return new Offer(
                stem(network.name()),
                what,
                "",
                Optional.empty(),
                network.path(),
                List.of(Offer.Part.at(address, network)));
    }

    private static Offer ofFile(Path given, Optional<String> sha256) {
        Path file = NetworkPath.of(given);
        String name = file.getFileName().toString();
        if (!Files.isRegularFile(file) || !name.endsWith(".onnx")) {
            throw new Refusal(given + " is no .onnx file, and no folder that holds one.");
        }
        HubListing beside = LocalListing.of(file);
        HubChoice choice = HubChoice.of(beside, Optional.of(name));
        List<Offer.Part> files = choice.files().stream()
                .map(each -> Offer.Part.here(
                        file.resolveSibling(each.path()),
                        each.path().equals(name) ? new HubFile(name, each.bytes(), checksum(sha256)) : each))
                .toList();
        return new Offer(stem(name), file.toAbsolutePath().normalize().toString(), "", Optional.empty(), name, files);
    }

    private static Optional<Checksum> checksum(Optional<String> sha256) {
        return sha256.map(hex -> new Checksum(Checksum.Kind.SHA256, hex));
    }

    private static String stem(String name) {
        return name.replaceFirst("\\.onnx$", "");
    }

    private static Path placed(Path folder, String path) {
        Path file = folder.resolve(path);
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw new CannotWrite(file.getParent(), e);
        }
        return file;
    }

    private boolean brought(Offer.Part part, Path file, Connections connections, Progress progress) {
        if (part.address().isPresent()) {
            return Download.of(
                    new Wanted(
                            part.address().get(),
                            file,
                            part.file().bytes(),
                            part.file().checksum(),
                            hub.tokenFor(part.address().get())),
                    connections,
                    patience,
                    progress);
        }
        return copied(part, file, progress);
    }

    private static boolean copied(Offer.Part part, Path file, Progress progress) {
        Path from = part.here().orElseThrow();
        if (Files.exists(file) && sha256(file).equals(sha256(from))) {
            return true;
        }
        if (Files.exists(file)) {
            throw new Refusal(
                    file
                            + " is there already, and is another file. Move it away, or give this network another name with --name.");
        }
        boolean[] whole = {true};
        try (AsideFile aside = AsideFile.of(file)) {
            long total = size(from);
            aside.write(out -> {
                try (InputStream in = Files.newInputStream(from)) {
                    byte[] piece = new byte[PIECE];
                    long done = 0;
                    for (int n = in.read(piece); n >= 0 && whole[0]; n = in.read(piece)) {
                        out.write(piece, 0, n);
                        done += n;
                        progress.report(Stage.ofBytes("copying " + from.getFileName(), done, total));
                        whole[0] = !progress.isCancelled();
                    }
                }
            });
            if (whole[0]) {
                check(part, aside.path());
                aside.take();
            }
        }
        return whole[0];
    }

    private static void check(Offer.Part part, Path copy) {
        Optional<Checksum> promised = part.file().checksum();
        try {
            if (promised.isPresent() && !promised.get().holdsFor(copy)) {
                throw new Refusal(part.here().orElseThrow() + " is not what was promised: its checksum is another than "
                        + promised.get().hex() + ". It was changed or damaged on its way; carry it here again.");
            }
        } catch (IOException e) {
            throw new CannotWrite(copy, e);
        }
    }

    private static Checksum sha256(Path file) {
        try {
            return Checksum.sha256(file);
        } catch (IOException e) {
            throw new Refusal(file + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new Refusal(file + " cannot be read: " + e.getMessage() + ".", e);
        }
    }
}
