package graft.catalog;

import graft.Refusal;
import graft.files.Home;
import graft.files.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Licences that this user has accepted: each is asked for once. */
public final class AcceptedLicences {
    private record Accepted(List<String> licences) {}

    private final Path file;

    public AcceptedLicences(Path file) {
        this.file = file;
    }

    /** {@code GRAFT_HOME/licences.json}. */
    public static AcceptedLicences ofHome() {
        return new AcceptedLicences(Home.folder().resolve("licences.json"));
    }

    public boolean has(String licence) {
        return all().contains(licence);
    }

    /** @throws graft.files.CannotWrite where that cannot be kept */
    public void add(String licence) {
        Set<String> all = new LinkedHashSet<>(all());
        if (all.add(licence)) {
            Json.write(file, new Accepted(List.copyOf(all)));
        }
    }

    private List<String> all() {
        try {
            return Files.isRegularFile(file) ? Json.read(file, Accepted.class).licences() : List.of();
        } catch (Refusal damaged) {
            return List.of(); // they are asked for again
        }
    }
}
