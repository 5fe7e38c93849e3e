package graft.online;

import graft.Refusal;
import java.io.IOException;
import java.net.URI;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

/**
 * The only place of the program that opens connections ({@code ArchitectureTest}), so that what it counts is all there is.
 * Connections are encrypted; others are refused.
 */
public final class Connections {
    private Connections() {}

    /**
     * A connection that is still to be made. Whoever opens it reads all of its answer or disconnects it.
     *
     * @throws Refusal for an address that is not encrypted
     */
    public static HttpsURLConnection open(URI address) {
        return open(address, (SSLSocketFactory) SSLSocketFactory.getDefault(), TrafficCount.OF_THIS_PROCESS);
    }

    static HttpsURLConnection open(URI address, SSLSocketFactory encryption, TrafficCount count) {
        if (!"https".equalsIgnoreCase(address.getScheme())) {
            throw new Refusal("Graft does not speak to " + address
                    + ": only addresses that begin with https:// are encrypted on the way. Use such an address, or fetch the"
                    + " file in another way and open it from the disk.");
        }
        try {
            HttpsURLConnection connection = (HttpsURLConnection) address.toURL().openConnection();
            connection.setSSLSocketFactory(new CountedSockets(encryption, count));
            return connection;
        } catch (IOException e) {
            throw new Refusal(address + " cannot be connected to: " + e.getMessage() + ".", e);
        }
    }
}
