package graft.files;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where this installation keeps what came along with the program. Start scripts say it in variables, which the processes of runs
 * inherit; launchers that can set none (jpackage's own) say it in system properties, which have to be handed on.
 */
public enum Installation {
    /** The native libraries: {@code GRAFT_NATIVES} or {@code -Dgraft.natives}. */
    NATIVES,
    /** The networks: {@code GRAFT_NETWORKS} or {@code -Dgraft.networks}. */
    NETWORKS;

    private static final String LIBTORCH = "PYTORCH_LIBRARY_PATH";

    /** The variable's name. */
    public String variable() {
        return "GRAFT_" + name();
    }

    private String property() {
        return "graft." + name().toLowerCase(Locale.ROOT);
    }

    /** The folder, if the start named one. */
    public Optional<Path> folder() {
        String said = System.getenv(variable());
        return Optional.ofNullable(said == null || said.isEmpty() ? System.getProperty(property()) : said)
                .filter(name -> !name.isEmpty())
                .map(Path::of);
    }

    /** The options of a JVM that is to find the same folders as this one. */
    public static List<String> handedOn() {
        List<String> out = new ArrayList<>();
        for (Installation each : values()) {
            option(each.property()).ifPresent(out::add);
        }
        option(LIBTORCH).ifPresent(out::add);
        return out;
    }

    private static Optional<String> option(String property) {
        return Optional.ofNullable(System.getProperty(property)).map(value -> "-D" + property + "=" + value);
    }
}
