package graft.online;

import graft.Refusal;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.BasicHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.routing.SystemDefaultRoutePlanner;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * Requests to other machines, one at a time. The only place of the program that opens connections ({@code ArchitectureTest}): its
 * sockets count each byte, so that what is counted is all there is.
 */
public final class Connections implements AutoCloseable {
    private static final int MOST_REDIRECTS = 10;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final String TOKEN = "authorization";

    private final CloseableHttpClient client;

    private Connections(CloseableHttpClient client) {
        this.client = client;
    }

    /** Nothing is connected yet. The caller closes it. */
    public static Connections open(Patience patience) {
        return open(patience, DefaultClientTlsStrategy.createSystemDefault(), TrafficCount.OF_THIS_PROCESS);
    }

    static Connections open(Patience patience, TlsSocketStrategy encryption, TrafficCount count) {
        Timeout longest = Timeout.of(patience.silence());
        BasicHttpClientConnectionManager sockets = new BasicHttpClientConnectionManager(
                new DefaultHttpClientConnectionOperator(
                        proxy -> new CountedSocket(count),
                        null,
                        null,
                        RegistryBuilder.<TlsSocketStrategy>create()
                                .register("https", encryption)
                                .build()),
                ManagedHttpClientConnectionFactory.INSTANCE);
        sockets.setConnectionConfig(ConnectionConfig.custom()
                .setConnectTimeout(longest)
                .setSocketTimeout(longest)
                .build());
        return new Connections(HttpClients.custom()
                .setConnectionManager(sockets)
                .setRoutePlanner(new SystemDefaultRoutePlanner(new SystemProxies()))
                .setDefaultRequestConfig(
                        RequestConfig.custom().setResponseTimeout(longest).build())
                .setUserAgent("graft")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableCookieManagement()
                .disableAuthCaching()
                .build());
    }

    /**
     * Asks for {@code address} and goes where the answer sends it. What is asked of an encrypted address is never sent on
     * unencrypted, and a token goes to the host it was given for and to no other.
     *
     * @param headers of the request
     * @return closed by the caller, read or not
     * @throws IOException where the other side cannot be reached, or stops speaking
     * @throws Refusal for an address that is none of the web, or a way there that is not safe
     */
    public Answer get(URI address, Map<String, String> headers) throws IOException {
        URI at = checked(address, address);
        Map<String, String> said = new HashMap<>();
        headers.forEach((name, value) -> said.put(name.toLowerCase(Locale.ROOT), value));
        for (int i = 0; i <= MOST_REDIRECTS; i++) {
            HttpGet request = new HttpGet(at);
            said.forEach(request::setHeader);
            ClassicHttpResponse response = client.executeOpen(null, request, null);
            Answer answer = new Answer(response, () -> {
                request.cancel(); // first: closing an answer reads the rest of it
                response.close();
            });
            Optional<String> location = answer.header("location");
            if (!REDIRECTS.contains(answer.status()) || location.isEmpty()) {
                return answer;
            }
            answer.close();
            URI next = checked(resolved(at, location.get()), address);
            if (isEncrypted(at) && !isEncrypted(next)) {
                throw new Refusal(address + " sends on to " + next
                        + ", which is not encrypted on the way. Graft does not follow it; fetch the file in another way and open"
                        + " it from the disk.");
            }
            if (!sameHost(at, next)) {
                said.remove(TOKEN);
            }
            at = next;
        }
        throw new Refusal(address + " sends from one address to the next more than " + MOST_REDIRECTS
                + " times. Ask whoever runs it for the file's own address.");
    }

    private static URI resolved(URI at, String location) {
        try {
            return at.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new Refusal(at + " sends on to " + location + ", which is no address.", e);
        }
    }

    private static URI checked(URI address, URI asked) {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        if (!Set.of("http", "https").contains(scheme) || address.getHost() == null) {
            throw new Refusal(
                    (address.equals(asked) ? address.toString() : asked + " sends on to " + address + ", which")
                            + " is no address that Graft fetches from: it begins with https:// and names a host. A file on this machine"
                            + " is named by its path.");
        }
        if (address.getUserInfo() != null) {
            throw new Refusal("The address of " + address.getHost()
                    + " holds a user's name or password, which would be kept with the file. Leave it out.");
        }
        return address;
    }

    static boolean isEncrypted(URI address) {
        return "https".equalsIgnoreCase(address.getScheme());
    }

    private static boolean sameHost(URI one, URI two) {
        return one.getHost().equalsIgnoreCase(two.getHost())
                && port(one) == port(two)
                && isEncrypted(one) == isEncrypted(two);
    }

    private static int port(URI address) {
        return address.getPort() >= 0 ? address.getPort() : isEncrypted(address) ? 443 : 80;
    }

    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
    }
}
