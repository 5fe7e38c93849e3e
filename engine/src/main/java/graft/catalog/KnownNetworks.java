package graft.catalog;

import graft.Refusal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** All networks that have a name: those that came along, those that were fetched, those that can be. */
public final class KnownNetworks {
    private KnownNetworks() {}

    /** Those that are here first. */
    public static List<KnownNetwork> in(InstalledNetworks installed) {
        List<KnownNetwork> out = new ArrayList<>();
        builtIn(BuiltInNetwork.NAME, BuiltInNetwork::file).ifPresent(out::add);
        builtIn(MiniLm.NAME, MiniLm::file).ifPresent(out::add);
        for (InstalledNetwork each : installed.list()) {
            out.add(new KnownNetwork(
                    each.name(),
                    KnownNetwork.State.INSTALLED,
                    Optional.of(each.file()),
                    OptionalLong.of(each.bytes()),
                    Optional.of(each.from()),
                    each.licence(),
                    Catalog.find(each.name())));
        }
        for (CatalogEntry entry : Catalog.entries()) {
            if (out.stream().noneMatch(known -> known.name().equals(entry.id()))) {
                out.add(new KnownNetwork(
                        entry.id(),
                        KnownNetwork.State.AVAILABLE,
                        Optional.empty(),
                        entry.bytes(),
                        Optional.empty(),
                        Optional.of(entry.licence()),
                        Optional.of(entry)));
            }
        }
        return out;
    }

    private static Optional<KnownNetwork> builtIn(String name, Supplier<Path> file) {
        try {
            Path network = file.get();
            return Optional.of(new KnownNetwork(
                    name,
                    KnownNetwork.State.BUILT_IN,
                    Optional.of(network),
                    OptionalLong.of(java.nio.file.Files.size(network)),
                    Optional.empty(),
                    Optional.of("Apache-2.0"),
                    Catalog.find(name)));
        } catch (Refusal | java.io.IOException missing) {
            return Optional.empty(); // this installation has none; whoever asks for it by name hears why
        }
    }
}
