package graft.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import graft.Refusal;
import graft.files.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ConnectionsTest {
    private static final char[] WORD = "changeit".toCharArray();

    @TempDir
    Path folder;

    /** Between client and server: counts what goes over the wire each way. */
    private static final class Wire implements AutoCloseable {
        private final ServerSocket door;
        private final AtomicLong up = new AtomicLong();
        private final AtomicLong down = new AtomicLong();
        private final List<Thread> threads = new ArrayList<>();

        Wire(int server) throws IOException {
            door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
            start(() -> {
                try {
                    Socket client = door.accept();
                    Socket there = new Socket(InetAddress.getLoopbackAddress(), server);
                    Thread back = start(() -> pass(there, client, down));
                    pass(client, there, up);
                    back.join();
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
        }

        private Thread start(Runnable work) {
            Thread thread = new Thread(work, "wire");
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
            return thread;
        }

        private static void pass(Socket from, Socket to, AtomicLong count) {
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                byte[] some = new byte[4096];
                for (int n = in.read(some); n > 0; n = in.read(some)) {
                    count.addAndGet(n);
                    out.write(some, 0, n);
                    out.flush();
                }
                to.shutdownOutput();
            } catch (IOException ended) {
                // by the other side
            }
        }

        void hasEnded() throws InterruptedException {
            for (Thread thread : List.copyOf(threads)) {
                thread.join(TimeUnit.SECONDS.toMillis(10));
            }
        }

        @Override
        public void close() throws IOException {
            door.close();
        }
    }

    private SSLContext encryption() throws Exception {
        Path file = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "RSA",
                        "-alias",
                        "test",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(WORD),
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        keytool.inputReader().lines().forEach(line -> {});
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, WORD);
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, WORD);
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }

    @Test
    void whatIsCountedIsWhatGoesOverTheWire() throws Exception {
        SSLContext encryption = encryption();
        byte[] answer = new byte[100_000];
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(encryption));
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Connection", "close");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        TrafficCount count = new TrafficCount();
        List<Traffic> told = new ArrayList<>();
        count.tell(told::add);
        try (Wire wire = new Wire(server.getAddress().getPort())) {
            try (Connections connections =
                            Connections.open(Patience.USUAL, new DefaultClientTlsStrategy(encryption), count);
                    Answer got = connections.get(
                            URI.create("https://localhost:" + wire.door.getLocalPort() + "/file"),
                            Map.of("X-Long", "x".repeat(5000)))) {
                assertThat(got.body().readAllBytes()).hasSize(answer.length);
            }
            wire.hasEnded();
            assertThat(count.now().sent()).isEqualTo(wire.up.get()).isGreaterThan(5000);
            assertThat(count.now().received()).isEqualTo(wire.down.get()).isGreaterThan(answer.length);
            assertThat(count.now().hosts()).extracting(Traffic.Host::name).containsExactly("localhost");
            assertThat(told.stream().reduce(Traffic.NONE, Traffic::plus)).isEqualTo(count.now());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void whatWasAskedOfAnEncryptedAddressIsNotSentOnUnencrypted() throws Exception {
        SSLContext encryption = encryption();
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(encryption));
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("Location", "http://localhost:1/file");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.start();
        URI address = URI.create("https://localhost:" + server.getAddress().getPort() + "/file");
        try (Connections connections =
                Connections.open(Patience.USUAL, new DefaultClientTlsStrategy(encryption), new TrafficCount())) {
            assertThatThrownBy(() -> connections.get(address, Map.of()))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContainingAll(address.toString(), "http://localhost:1/file", "not encrypted");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void anotherProcessReportsAsJson() {
        Traffic traffic = new Traffic(List.of(new Traffic.Host("example.org", 3, 40)));
        TrafficCount count = new TrafficCount();
        count.add(Json.read(Json.write(traffic), Traffic.class));
        count.add(traffic);
        assertThat(count.now()).isEqualTo(new Traffic(List.of(new Traffic.Host("example.org", 6, 80))));
    }
}
