package graft.online;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;

/** What another machine answers. Closing it ends the connection, however much was read. */
public final class Answer implements AutoCloseable {
    /** Ends what an answer holds. */
    @FunctionalInterface
    interface End {
        void now() throws IOException;
    }

    private final ClassicHttpResponse response;
    private final End end;

    Answer(ClassicHttpResponse response, End end) {
        this.response = response;
        this.end = end;
    }

    /** As RFC 9110 counts: 200, 206, 404. */
    public int status() {
        return response.getCode();
    }

    /** The first of this name. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(response.getFirstHeader(name)).map(Header::getValue);
    }

    /** Bytes that this answer brings; empty where it does not say. */
    public OptionalLong length() {
        long length = response.getEntity() == null ? 0 : response.getEntity().getContentLength();
        return length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
    }

    /** Closed with the answer. */
    public InputStream body() throws IOException {
        return response.getEntity() == null
                ? InputStream.nullInputStream()
                : response.getEntity().getContent();
    }

    @Override
    public void close() throws IOException {
        end.now();
    }
}
