package graft.online;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The way out of this machine: {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY}, as curl and pip read them; where they say
 * nothing, what Java knows of the system's settings.
 */
final class SystemProxies extends ProxySelector {
    private static final int USUAL_PORT = 80;

    private final Map<String, String> environment;
    private final ProxySelector system;

    SystemProxies() {
        this(System.getenv(), ProxySelector.getDefault());
    }

    SystemProxies(Map<String, String> environment, ProxySelector system) {
        this.environment = environment;
        this.system = system;
    }

    @Override
    public List<Proxy> select(URI address) {
        String named = said(address.getScheme() + "_proxy");
        if (!named.isEmpty()) {
            return List.of(isExcepted(address.getHost()) ? Proxy.NO_PROXY : proxy(named));
        }
        return system == null ? List.of(Proxy.NO_PROXY) : system.select(address);
    }

    /** Both spellings are used; the small one is the older. */
    private String said(String variable) {
        String small = variable.toLowerCase(Locale.ROOT);
        String said = environment.getOrDefault(small, environment.get(small.toUpperCase(Locale.ROOT)));
        return said == null ? "" : said.strip();
    }

    private static Proxy proxy(String named) {
        URI address = URI.create(named.contains("://") ? named : "http://" + named);
        int port = address.getPort() < 0 ? USUAL_PORT : address.getPort();
        return new Proxy(Proxy.Type.HTTP, new InetSocketAddress(address.getHost(), port));
    }

    private boolean isExcepted(String host) {
        for (String each : said("no_proxy").split(",")) {
            String name = each.strip().replaceFirst("^\\*?\\.", "").toLowerCase(Locale.ROOT);
            String asked = host.toLowerCase(Locale.ROOT);
            if (name.equals("*") || !name.isEmpty() && (asked.equals(name) || asked.endsWith("." + name))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void connectFailed(URI address, SocketAddress proxy, IOException why) {
        // whoever asked is told by the exception
    }
}
