package graft.online;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server of the web on this machine that misbehaves as it is told: answers are written by hand, byte by byte. */
public final class FileServer implements AutoCloseable {
    /** What was asked: path and headers, names in small letters. */
    public record Request(String path, Map<String, String> headers) {}

    /** Answers one request; the connection ends with it. */
    public interface Reply {
        void to(Request request, OutputStream out) throws IOException, InterruptedException;
    }

    private final ServerSocket door;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile Reply reply;

    public FileServer(Reply reply) throws IOException {
        this.reply = reply;
        door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    private void start(Runnable work) {
        Thread thread = new Thread(work, "file server");
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = door.accept();
                start(() -> answer(client));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void answer(Socket client) {
        try (client) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
            String first = in.readLine();
            if (first == null) {
                return;
            }
            Map<String, String> headers = new HashMap<>();
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                headers.put(
                        line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT),
                        line.substring(line.indexOf(':') + 1).strip());
            }
            Request request = new Request(first.split(" ")[1], headers);
            requests.add(request);
            reply.to(request, client.getOutputStream());
            client.getOutputStream().flush();
        } catch (IOException | InterruptedException ended) {
            // by the other side
        }
    }

    public void then(Reply next) {
        reply = next;
    }

    public List<Request> requests() {
        return requests;
    }

    public URI address(String path) {
        return URI.create("http://127.0.0.1:" + door.getLocalPort() + path);
    }

    /** Headers and no more. */
    public static void head(OutputStream out, int status, String... headers) throws IOException {
        out.write(
                ("HTTP/1.1 " + status + " as told\r\nConnection: close\r\n" + String.join("\r\n", headers) + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
    }

    public static Reply status(int status, String... headers) {
        return (request, out) -> {
            List<String> all = new ArrayList<>(List.of(headers));
            all.add("Content-Length: 0");
            head(out, status, all.toArray(String[]::new));
        };
    }

    /** As a server should: with a tag, and parts where they are asked for by it. */
    public static Reply file(byte[] content, String tag) {
        return cut(content, tag, content.length);
    }

    /** The same, but no more than this many bytes go out in one answer; the connection then ends. */
    public static Reply cut(byte[] content, String tag, int most) {
        return (request, out) -> {
            String range = request.headers().get("range");
            boolean isPart = range != null
                    && ("\"" + tag + "\"").equals(request.headers().get("if-range"));
            int from = isPart ? Integer.parseInt(range.replaceAll("\\D", "")) : 0;
            List<String> headers =
                    new ArrayList<>(List.of("ETag: \"" + tag + "\"", "Content-Length: " + (content.length - from)));
            if (isPart) {
                headers.add("Content-Range: bytes " + from + "-" + (content.length - 1) + "/" + content.length);
            }
            head(out, isPart ? 206 : 200, headers.toArray(String[]::new));
            out.write(content, from, Math.min(most, content.length - from));
        };
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
