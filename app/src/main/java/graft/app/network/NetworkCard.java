package graft.app.network;

import java.nio.file.Path;
import java.util.concurrent.Callable;

/**
 * A network that is here already, offered on the Network screen.
 *
 * @param file where it lies, asked for in the background: a built-in network may have to be unpacked first
 */
public record NetworkCard(String name, String description, Callable<Path> file) {

    public static NetworkCard of(String name, String description, Path file) {
        return new NetworkCard(name, description, () -> file);
    }
}
