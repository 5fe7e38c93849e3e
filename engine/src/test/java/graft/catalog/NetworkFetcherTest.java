package graft.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import graft.online.Patience;
import graft.progress.Progress;
import graft.testdata.Hashes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class NetworkFetcherTest {
    private static final Patience SHORT = new Patience(Duration.ofMillis(500), Duration.ofMillis(5), 2);

    @TempDir
    Path folder;

    private InstalledNetworks networks;

    @BeforeEach
    void place() {
        networks = new InstalledNetworks(folder.resolve("networks"));
    }

    private static byte[] bytes(int seed) {
        byte[] out = new byte[20_000];
        new Random(seed).nextBytes(out);
        return out;
    }

    private static byte[] text(String content) {
        return content.getBytes(StandardCharsets.UTF_8);
    }

    private Optional<FetchedNetwork> fetch(FakeHub hub, NetworkFetcher.Request request) {
        return new NetworkFetcher(hub.hub(), networks, SHORT).fetch(request, Progress.NONE);
    }

    @Test
    void aRepositoryGivesItsNetworkInFullPrecisionAndWhatBelongsToIt() throws IOException {
        Map<String, byte[]> files = new HashMap<>(Map.of(
                "onnx/model.onnx", bytes(1),
                "onnx/model.onnx_data", bytes(2),
                "onnx/model_quantized.onnx", bytes(3),
                "onnx/model_q4f16.onnx", bytes(4),
                "onnx/model_fp16.onnx", bytes(5),
                "model.safetensors", bytes(6),
                "tokenizer.json", bytes(7),
                "config.json", text("{\"id2label\": {\"0\": \"ant\", \"1\": \"bee\"}}")));
        try (FakeHub hub = new FakeHub().with("org/net", files)) {
            FetchedNetwork fetched =
                    fetch(hub, NetworkFetcher.Request.of("hf:org/net")).orElseThrow();
            assertThat(fetched.files())
                    .extracting(InstalledNetwork.File::path)
                    .containsExactlyInAnyOrder(
                            "onnx/model.onnx", "onnx/model.onnx_data", "tokenizer.json", "config.json");
            assertThat(fetched.network()).hasBinaryContent(bytes(1));
            assertThat(fetched.licence()).contains("apache-2.0");
            assertThat(fetched.revision()).isEqualTo(FakeHub.COMMIT);
            assertThat(networks.find("org--net").orElseThrow().file()).isEqualTo(fetched.network());
            int asked = hub.asked().size();
            fetch(hub, NetworkFetcher.Request.of("hf:org/net"));
            assertThat(hub.asked()).hasSize(asked + 1); // the listing alone: all files are there
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "model_quantized.onnx",
                "model_q4.onnx",
                "model_int8.onnx",
                "model_uint8.onnx",
                "model_bnb4.onnx",
                "model_fp16.onnx",
                "model_qint8_avx512_vnni.onnx",
                "model_quint8_avx2.onnx",
                "model_O4.onnx",
                "model-int8.onnx"
            })
    void lowerPrecisionIsNotFetchedUnasked(String name) throws IOException {
        try (FakeHub hub = new FakeHub().with("org/net", Map.of("onnx/" + name, bytes(1)))) {
            assertThatThrownBy(() -> fetch(hub, NetworkFetcher.Request.of("hf:org/net")))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContainingAll("lower precision", "onnx/" + name, "--file");
            assertThat(networks.list()).isEmpty();
            NetworkFetcher.Request asked = new NetworkFetcher.Request(
                    "hf:org/net", Optional.of("onnx/" + name), Optional.empty(), Optional.empty(), Optional.empty());
            assertThat(fetch(hub, asked).orElseThrow().network()).hasBinaryContent(bytes(1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sq2_model.onnx", "o1model.onnx", "int8ify.onnx"})
    void namesThatOnlyLookSimilarAreInFullPrecision(String name) throws IOException {
        try (FakeHub hub = new FakeHub().with("org/net", Map.of(name, bytes(1)))) {
            assertThat(fetch(hub, NetworkFetcher.Request.of("hf:org/net"))).isPresent();
        }
    }

    @Test
    void ofSeveralNetworksOneIsToBeNamed() throws IOException {
        try (FakeHub hub =
                new FakeHub().with("org/net", Map.of("encoder_model.onnx", bytes(1), "decoder_model.onnx", bytes(2)))) {
            assertThatThrownBy(() -> fetch(hub, NetworkFetcher.Request.of("hf:org/net")))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContainingAll("encoder_model.onnx", "decoder_model.onnx", "--file");
        }
    }

    @Test
    void aRepositoryThatIsNotThereIsNamed() throws IOException {
        try (FakeHub hub = new FakeHub()) {
            assertThatThrownBy(() -> fetch(hub, NetworkFetcher.Request.of("hf:org/none@v2")))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContainingAll("org/none", "v2");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil.onnx",
                "/etc/evil.onnx",
                "onnx/../../evil.onnx",
                "a\\..\\evil.onnx",
                "C:evil.onnx",
                "nul",
                "x/ .onnx."
            })
    void namesThatLeadOutOfTheFolderAreRefused(String path) throws IOException {
        try (FakeHub hub = new FakeHub().with("org/net", Map.of(path, bytes(1), "model.onnx", bytes(2)))) {
            assertThatThrownBy(() -> fetch(hub, NetworkFetcher.Request.of("hf:org/net")))
                    .isInstanceOf(Refusal.class);
            assertThat(folder).isEmptyDirectory();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hf:net", "hf:a/b/c", "hf:../x/y", "hf:org/net@", "hf:org/..", "hf:org/net@../../x"})
    void misspelledRepositoriesAreRefused(String typed) {
        assertThatThrownBy(() -> HubName.of(typed))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("hf:ORGANISATION/NAME");
    }

    @Test
    void aFolderOfNetworksIsCarriedToAMachineWithoutAConnection() throws IOException {
        Map<String, byte[]> files = Map.of("model.onnx", bytes(1), "tokenizer.json", bytes(2));
        try (FakeHub hub = new FakeHub().with("org/net", files)) {
            fetch(hub, NetworkFetcher.Request.of("hf:org/net"));
            Path carried = Files.move(networks.root(), folder.resolve("stick"));
            NetworkFetcher.Request there = new NetworkFetcher.Request(
                    "org--net", Optional.empty(), Optional.of(carried), Optional.of("mine"), Optional.empty());
            int asked = hub.asked().size();
            FetchedNetwork here = fetch(hub, there).orElseThrow();
            assertThat(hub.asked()).hasSize(asked);
            assertThat(here.network()).hasBinaryContent(bytes(1));
            assertThat(networks.find("mine")).isPresent();
            Files.write(carried.resolve("org--net/model.onnx"), bytes(9));
            networks.remove("mine");
            assertThatThrownBy(() -> fetch(hub, there))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("model.onnx");
            assertThat(networks.list()).isEmpty();
        }
    }

    @Test
    void whatIsRemovedIsWhatWasFetched() throws IOException {
        try (FakeHub hub = new FakeHub().with("org/net", Map.of("onnx/model.onnx", bytes(1)))) {
            Path network = fetch(hub, NetworkFetcher.Request.of("hf:org/net"))
                    .orElseThrow()
                    .network();
            Path own = Files.writeString(networks.root().resolve("org--net/notes.txt"), "the user's own");
            networks.remove("org--net");
            assertThat(network).doesNotExist();
            assertThat(own).hasContent("the user's own");
            assertThat(networks.list()).isEmpty();
            assertThatThrownBy(() -> networks.remove("org--net")).isInstanceOf(Refusal.class);
        }
    }

    @Test
    void aFileIsCopiedWithWhatBelongsToItAndCheckedWhereItsHashIsGiven() throws IOException {
        Path own = Files.createDirectories(folder.resolve("own"));
        Files.write(own.resolve("net.onnx"), bytes(1));
        Files.write(own.resolve("net.onnx_data"), bytes(2));
        Files.writeString(own.resolve("preprocessor_config.json"), "{}");
        Files.writeString(own.resolve("diary.txt"), "nobody's business");
        try (FakeHub hub = new FakeHub()) {
            String what = own.resolve("net.onnx").toString();
            NetworkFetcher.Request wrong = new NetworkFetcher.Request(
                    what, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(Hashes.sha256(bytes(3))));
            assertThatThrownBy(() -> fetch(hub, wrong))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("net.onnx");
            NetworkFetcher.Request right = new NetworkFetcher.Request(
                    what, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(Hashes.sha256(bytes(1))));
            assertThat(fetch(hub, right).orElseThrow().files())
                    .extracting(InstalledNetwork.File::path)
                    .containsExactlyInAnyOrder("net.onnx", "net.onnx_data", "preprocessor_config.json");
            assertThat(hub.asked()).isEmpty();
        }
    }

    @Test
    void twoNetworksOfOneNameAreToldApart() throws IOException {
        try (FakeHub hub = new FakeHub()
                .with("org/net", Map.of("model.onnx", bytes(1)))
                .with("other/net", Map.of("model.onnx", bytes(2)))) {
            NetworkFetcher.Request one = new NetworkFetcher.Request(
                    "hf:org/net", Optional.empty(), Optional.empty(), Optional.of("net"), Optional.empty());
            NetworkFetcher.Request two = new NetworkFetcher.Request(
                    "hf:other/net", Optional.empty(), Optional.empty(), Optional.of("net"), Optional.empty());
            fetch(hub, one);
            assertThatThrownBy(() -> fetch(hub, two))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContainingAll("hf:org/net", "--name");
            assertThat(networks.find("net").orElseThrow().file()).hasBinaryContent(bytes(1));
        }
    }
}
