package graft.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import graft.files.CannotWrite;
import graft.progress.Event;
import graft.progress.Progress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DownloadTest {
    private static final Patience SHORT = new Patience(Duration.ofMillis(300), Duration.ofMillis(10), 3);
    private static final byte[] CONTENT = content();

    @TempDir
    Path folder;

    private Path file;
    private final List<String> said = new ArrayList<>();
    private final TrafficCount count = new TrafficCount();

    private static byte[] content() {
        byte[] content = new byte[300_000];
        new Random(7).nextBytes(content);
        return content;
    }

    @BeforeEach
    void name() {
        file = folder.resolve("net.onnx");
    }

    private static Checksum checksum(byte[] content) throws Exception {
        return new Checksum(
                Checksum.Kind.SHA256,
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
    }

    private Wanted wanted(FileServer server) throws Exception {
        return new Wanted(
                server.address("/net.onnx"),
                file,
                OptionalLong.of(CONTENT.length),
                Optional.of(checksum(CONTENT)),
                Optional.empty());
    }

    private boolean fetch(Wanted wanted) {
        return fetch(wanted, event -> said.add(event.line()));
    }

    private boolean fetch(Wanted wanted, Progress progress) {
        try (Connections connections = Connections.open(SHORT, DefaultClientTlsStrategy.createSystemDefault(), count)) {
            return Download.of(wanted, connections, SHORT, progress);
        }
    }

    private void isWholeAndAlone() throws IOException {
        assertThat(file).hasBinaryContent(CONTENT);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    private void nothingIsThere() throws IOException {
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void aFileArrivesWholeAndEveryByteIsCounted() throws Exception {
        try (FileServer server = new FileServer(FileServer.file(CONTENT, "a"))) {
            assertThat(fetch(wanted(server))).isTrue();
            isWholeAndAlone();
            assertThat(count.now().received()).isBetween((long) CONTENT.length, CONTENT.length + 1000L);
            assertThat(count.now().sent()).isBetween(50L, 1000L);
        }
    }

    @Test
    void whatWasCutIsGoneOnWith() throws Exception {
        try (FileServer server = new FileServer(FileServer.cut(CONTENT, "a", 180_000))) {
            assertThat(fetch(wanted(server))).isTrue();
            isWholeAndAlone();
            assertThat(server.requests()).hasSize(2);
            assertThat(server.requests().get(1).headers())
                    .containsEntry("range", "bytes=180000-")
                    .containsEntry("if-range", "\"a\"");
        }
    }

    @Test
    void aStoppedDownloadIsGoneOnWithByTheNextProcess() throws Exception {
        AtomicInteger reports = new AtomicInteger();
        Progress stopped = new Progress() {
            @Override
            public void report(Event event) {
                reports.incrementAndGet();
            }

            @Override
            public boolean isCancelled() {
                return reports.get() > 1;
            }
        };
        try (FileServer server = new FileServer(FileServer.file(CONTENT, "a"))) {
            assertThat(fetch(wanted(server), stopped)).isFalse();
            assertThat(file).doesNotExist();
            long there = Files.size(folder.resolve("net.onnx.download"));
            assertThat(there).isBetween(1L, CONTENT.length - 1L);
            assertThat(fetch(wanted(server))).isTrue();
            assertThat(server.requests().get(1).headers()).containsEntry("range", "bytes=" + there + "-");
            isWholeAndAlone();
        }
    }

    @Test
    void aFileThatChangedBetweenTheTwoPartsIsBegunAnew() throws Exception {
        byte[] older = Arrays.copyOf(CONTENT, CONTENT.length);
        older[3]++;
        AtomicInteger asked = new AtomicInteger();
        try (FileServer server = new FileServer((request, out) -> {
            (asked.getAndIncrement() == 0 ? FileServer.cut(older, "old", 180_000) : FileServer.file(CONTENT, "new"))
                    .to(request, out);
        })) {
            assertThat(fetch(wanted(server))).isTrue();
            isWholeAndAlone();
        }
    }

    @Test
    void aServerThatKnowsNoPartsSendsAllAgain() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (FileServer server = new FileServer((request, out) -> {
            FileServer.head(out, 200, "ETag: \"a\"", "Content-Length: " + CONTENT.length);
            out.write(CONTENT, 0, asked.getAndIncrement() == 0 ? 180_000 : CONTENT.length);
        })) {
            assertThat(fetch(wanted(server))).isTrue();
            isWholeAndAlone();
        }
    }

    @Test
    void aPartOtherThanTheOneAskedForIsNotTakenForIt() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (FileServer server = new FileServer((request, out) -> {
            if (asked.getAndIncrement() == 1) {
                FileServer.head(out, 206, "Content-Length: 1000", "Content-Range: bytes 0-999/" + CONTENT.length);
                out.write(CONTENT, 0, 1000);
            } else {
                FileServer.cut(CONTENT, "a", asked.get() == 1 ? 180_000 : CONTENT.length)
                        .to(request, out);
            }
        })) {
            assertThat(fetch(wanted(server))).isTrue();
            isWholeAndAlone();
        }
    }

    @Test
    void anotherContentThanPromisedIsDeletedAndSaid() throws Exception {
        byte[] other = Arrays.copyOf(CONTENT, CONTENT.length);
        other[100]++;
        try (FileServer server = new FileServer(FileServer.file(other, "a"))) {
            Wanted wanted = wanted(server);
            assertThatThrownBy(() -> fetch(wanted))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContainingAll(
                            "net.onnx", "SHA-256", checksum(CONTENT).hex(), "deleted");
            nothingIsThere();
        }
    }

    @Test
    void anotherLengthThanPromisedIsRefusedBeforeItIsFetched() throws Exception {
        try (FileServer server = new FileServer(FileServer.file(new byte[400_000], "a"))) {
            Wanted wanted = wanted(server);
            assertThatThrownBy(() -> fetch(wanted))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContainingAll("400000", "300000");
            nothingIsThere();
            assertThat(count.now().received()).isLessThan(200_000);
        }
    }

    @Test
    void aServerInTroubleIsAskedAgain() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (FileServer server = new FileServer((request, out) -> (asked.getAndIncrement() == 0
                        ? FileServer.status(500)
                        : FileServer.file(CONTENT, "a"))
                .to(request, out))) {
            assertThat(fetch(wanted(server))).isTrue();
            isWholeAndAlone();
            assertThat(said).anyMatch(line -> line.contains("answers 500"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503})
    void troubleThatDoesNotEndIsGivenUp(int status) throws Exception {
        try (FileServer server = new FileServer(FileServer.status(status))) {
            Wanted wanted = wanted(server);
            assertThatThrownBy(() -> fetch(wanted))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContainingAll("net.onnx", "answers " + status, "3 times in a row");
            assertThat(server.requests()).hasSize(3);
        }
    }

    @Test
    void aServerThatFallsSilentIsLeftAndGoneOnWith() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (FileServer server = new FileServer((request, out) -> {
            boolean isFirst = asked.getAndIncrement() == 0;
            FileServer.cut(CONTENT, "a", isFirst ? 180_000 : CONTENT.length).to(request, out);
            if (isFirst) {
                out.flush();
                Thread.sleep(5000);
            }
        })) {
            assertThat(fetch(wanted(server))).isTrue();
            isWholeAndAlone();
            assertThat(said).anyMatch(line -> line.contains("no byte came"));
            assertThat(server.requests().get(1).headers()).containsEntry("range", "bytes=180000-");
        }
    }

    @Test
    void aFileThatIsNotThereIsAskedForOnce() throws Exception {
        try (FileServer server = new FileServer(FileServer.status(404))) {
            Wanted wanted = wanted(server);
            assertThatThrownBy(() -> fetch(wanted))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContainingAll("There is no file", "/net.onnx");
            assertThat(server.requests()).hasSize(1);
            nothingIsThere();
        }
    }

    @Test
    void aTokenStaysWithTheHostItIsFor() throws Exception {
        try (FileServer other = new FileServer(FileServer.file(CONTENT, "a"));
                FileServer hub = new FileServer(FileServer.status(302, "Location: " + other.address("/stored")))) {
            Wanted known = wanted(hub);
            assertThat(fetch(new Wanted(known.address(), file, known.bytes(), known.checksum(), Optional.of("secret"))))
                    .isTrue();
            assertThat(hub.requests().get(0).headers()).containsEntry("authorization", "Bearer secret");
            assertThat(other.requests().get(0).headers()).doesNotContainKey("authorization");
            isWholeAndAlone();
        }
    }

    @Test
    void redirectsThatDoNotEndAreLeft() throws Exception {
        try (FileServer server = new FileServer(FileServer.status(302, "Location: /net.onnx"))) {
            Wanted wanted = wanted(server);
            assertThatThrownBy(() -> fetch(wanted))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("more than 10 times");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://example.org/net.onnx",
                "file:///etc/passwd",
                "net.onnx",
                "https:///net.onnx",
                "https://me:word@example.org/net.onnx"
            })
    void whatIsNoAddressOfTheWebIsRefused(String address) {
        assertThatThrownBy(() -> fetch(Wanted.of(URI.create(address), file))).isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "ftp://example.org/x", "//"})
    void aServerThatSendsOutOfTheWebIsNotFollowed(String location) throws Exception {
        try (FileServer server = new FileServer(FileServer.status(302, "Location: " + location))) {
            Wanted wanted = wanted(server);
            assertThatThrownBy(() -> fetch(wanted)).isInstanceOf(Refusal.class);
            nothingIsThere();
        }
    }

    @Test
    void ofTwoThatWantTheSameFileOneFetchesIt() throws Exception {
        try (FileServer server = new FileServer((request, out) -> {
            Thread.sleep(200);
            FileServer.file(CONTENT, "a").to(request, out);
        })) {
            Wanted wanted = wanted(server);
            List<String> lines = java.util.Collections.synchronizedList(said);
            CompletableFuture<Boolean> one =
                    CompletableFuture.supplyAsync(() -> fetch(wanted, event -> lines.add(event.line())));
            CompletableFuture<Boolean> two =
                    CompletableFuture.supplyAsync(() -> fetch(wanted, event -> lines.add(event.line())));
            assertThat(one.get()).isTrue();
            assertThat(two.get()).isTrue();
            assertThat(server.requests()).hasSize(1);
            isWholeAndAlone();
        }
    }

    @Test
    void aFileThatIsThereIsNotFetchedAndAnotherOfItsNameIsLeftAlone() throws Exception {
        try (FileServer server = new FileServer(FileServer.file(CONTENT, "a"))) {
            Files.write(file, CONTENT);
            assertThat(fetch(wanted(server))).isTrue();
            Files.writeString(file, "the user's own");
            Wanted wanted = wanted(server);
            assertThatThrownBy(() -> fetch(wanted)).isInstanceOf(Refusal.class).hasMessageContaining(file.toString());
            assertThat(file).hasContent("the user's own");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void aFolderThatCannotBeWrittenToIsNamed() throws Exception {
        try (FileServer server = new FileServer(FileServer.file(CONTENT, "a"))) {
            Wanted wanted = Wanted.of(server.address("/net.onnx"), folder.resolve("missing/net.onnx"));
            assertThatThrownBy(() -> fetch(wanted))
                    .isInstanceOf(CannotWrite.class)
                    .hasMessageContaining("missing");
        }
    }

    @Test
    void moreThanThereIsRoomForIsRefusedBeforeItIsFetched() throws Exception {
        long huge = 1L << 55;
        try (FileServer server =
                new FileServer((request, out) -> FileServer.head(out, 200, "Content-Length: " + huge))) {
            Wanted wanted = Wanted.of(server.address("/net.onnx"), file);
            assertThatThrownBy(() -> fetch(wanted))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContainingAll("net.onnx", "has room for");
            nothingIsThere();
        }
    }

    @Test
    void gitsNamesOfSmallFilesAreKnown() throws Exception {
        // printf 'hello\n' | git hash-object --stdin
        Path hello = Files.writeString(folder.resolve("hello"), "hello\n");
        assertThat(new Checksum(Checksum.Kind.GIT, "ce013625030ba8dba906f756967f9e9ca394464a").holdsFor(hello))
                .isTrue();
    }

    @Test
    void proxiesAreThoseOfTheEnvironment() {
        SystemProxies proxies = new SystemProxies(
                Map.of("https_proxy", "http://proxy.example:3128", "NO_PROXY", "localhost,.inside.example"), null);
        assertThat(proxies.select(URI.create("https://hub.example/x"))
                        .get(0)
                        .address()
                        .toString())
                .contains("proxy.example")
                .endsWith(":3128");
        assertThat(proxies.select(URI.create("https://a.inside.example/x"))).containsExactly(java.net.Proxy.NO_PROXY);
        assertThat(proxies.select(URI.create("http://hub.example/x"))).containsExactly(java.net.Proxy.NO_PROXY);
    }
}
