package graft.online;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** A socket that counts each byte that goes over it. */
final class CountedSocket extends Socket {
    private final TrafficCount count;

    CountedSocket(TrafficCount count) {
        this.count = count;
    }

    private String host() {
        return getInetAddress() == null ? "" : getInetAddress().getHostName();
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                int one = super.read();
                if (one >= 0) {
                    count.add(host(), 0, 1);
                }
                return one;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                int read = super.read(into, offset, length);
                if (read > 0) {
                    count.add(host(), 0, read);
                }
                return read;
            }

            @Override
            public long skip(long bytes) throws IOException {
                long skipped = super.skip(bytes);
                count.add(host(), 0, skipped);
                return skipped;
            }
        };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(super.getOutputStream()) {
            @Override
            public void write(int one) throws IOException {
                out.write(one);
                count.add(host(), 1, 0);
            }

            @Override
            public void write(byte[] from, int offset, int length) throws IOException {
                out.write(from, offset, length);
                count.add(host(), length, 0);
            }
        };
    }

    @Override
    public void close() throws IOException {
        try {
            super.close();
        } finally {
            count.flush();
        }
    }
}
