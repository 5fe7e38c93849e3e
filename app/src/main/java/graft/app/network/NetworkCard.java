package graft.app.network;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * A network that is here already, offered on the Network screen.
 *
 * @param file where it lies, asked for in the background: a built-in network may have to be unpacked first
 */
public record NetworkCard(String name, String description, Callable<Path> file) {

    /** Each network once, however many tasks come along with it. */
    public static List<NetworkCard> once(List<NetworkCard> all) {
        Map<String, NetworkCard> byName = new LinkedHashMap<>();
        all.forEach(card -> byName.putIfAbsent(card.name(), card));
        return List.copyOf(byName.values());
    }

    public static NetworkCard of(String name, String description, Path file) {
        return new NetworkCard(name, description, () -> file);
    }
}
