package graft.online;

import graft.progress.Event;
import java.util.ArrayList;
import java.util.List;

/**
 * Bytes on the wire, as the sockets count them: with what encryption and headers add.
 *
 * @param hosts in the order in which they were first spoken to; each once
 */
public record Traffic(List<Host> hosts) implements Event {
    public static final Traffic NONE = new Traffic(List.of());
    public static final String KIND = "traffic";

    /** @param name of the other machine */
    public record Host(String name, long sent, long received) {}

    public Traffic {
        hosts = hosts == null ? List.of() : List.copyOf(hosts);
    }

    public long sent() {
        return hosts.stream().mapToLong(Host::sent).sum();
    }

    public long received() {
        return hosts.stream().mapToLong(Host::received).sum();
    }

    /** Both together. */
    public Traffic plus(Traffic other) {
        List<Host> out = new ArrayList<>(hosts);
        for (Host more : other.hosts) {
            int at = 0;
            while (at < out.size() && !out.get(at).name().equals(more.name())) {
                at++;
            }
            if (at == out.size()) {
                out.add(more);
            } else {
                Host before = out.get(at);
                out.set(at, new Host(more.name(), before.sent() + more.sent(), before.received() + more.received()));
            }
        }
        return new Traffic(out);
    }

    @Override
    public String kind() {
        return KIND;
    }
}
