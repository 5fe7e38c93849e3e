package graft.online;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.ssl.SSLSocketFactory;

/** Encrypted connections over sockets that count: what is counted is what an observer of the wire would see. */
final class CountedSockets extends SSLSocketFactory {
    private final SSLSocketFactory encryption;
    private final TrafficCount count;

    CountedSockets(SSLSocketFactory encryption, TrafficCount count) {
        this.encryption = encryption;
        this.count = count;
    }

    /** Not yet encrypted: whoever connects it comes back with it to {@link #createSocket(Socket, String, int, boolean)}. */
    @Override
    public Socket createSocket() {
        return new CountedSocket(count);
    }

    @Override
    public Socket createSocket(Socket connected, String host, int port, boolean close) throws IOException {
        if (!(connected instanceof CountedSocket)) {
            throw new IOException("a connection to " + host + " was opened past the count");
        }
        return encryption.createSocket(connected, host, port, close);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(host, port, new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(host.getHostName(), port, new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) throws IOException {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) throws IOException {
        return createSocket(host, port);
    }

    private Socket connected(String host, int port, SocketAddress address) throws IOException {
        Socket socket = createSocket();
        socket.connect(address);
        return createSocket(socket, host, port, true);
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return encryption.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return encryption.getSupportedCipherSuites();
    }
}
