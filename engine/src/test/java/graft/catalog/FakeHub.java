package graft.catalog;

import graft.files.Json;
import graft.online.FileServer;
import graft.testdata.Hashes;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A hub on this machine that lays repositories out as Hugging Face's does. */
final class FakeHub implements AutoCloseable {
    static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final int LARGE = 1000;

    private final Map<String, Map<String, byte[]>> repositories = new LinkedHashMap<>();
    private final FileServer server = new FileServer(this::answer);

    FakeHub() throws IOException {}

    FakeHub with(String repository, Map<String, byte[]> files) {
        repositories.put(repository, files);
        return this;
    }

    Hub hub() {
        return new Hub(URI.create(server.address("").toString()), Optional.empty());
    }

    List<String> asked() {
        return server.requests().stream().map(FileServer.Request::path).toList();
    }

    private void answer(FileServer.Request request, OutputStream out) throws IOException, InterruptedException {
        for (Map.Entry<String, Map<String, byte[]>> each : repositories.entrySet()) {
            if (request.path().startsWith("/api/models/" + each.getKey() + "/revision/")) {
                FileServer.file(listing(each.getValue()), "list").to(request, out);
                return;
            }
            String files = "/" + each.getKey() + "/resolve/" + COMMIT + "/";
            if (request.path().startsWith(files)
                    && each.getValue().containsKey(request.path().substring(files.length()))) {
                byte[] content = each.getValue().get(request.path().substring(files.length()));
                FileServer.file(content, Hashes.sha256(content)).to(request, out);
                return;
            }
        }
        FileServer.status(404).to(request, out);
    }

    /** Large files have their SHA-256, small ones git's name, as on the real one. */
    private static byte[] listing(Map<String, byte[]> files) {
        List<Object> siblings = new ArrayList<>();
        files.forEach((path, content) -> siblings.add(
                content.length > LARGE
                        ? Map.of(
                                "rfilename",
                                path,
                                "size",
                                content.length,
                                "blobId",
                                "0000000000000000000000000000000000000000",
                                "lfs",
                                Map.of("sha256", Hashes.sha256(content), "size", content.length))
                        : Map.of("rfilename", path, "size", content.length, "blobId", Hashes.git(content))));
        return Json.write(Map.of("sha", COMMIT, "siblings", siblings, "cardData", Map.of("license", "apache-2.0")))
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
