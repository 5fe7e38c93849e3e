package graft.online;

import graft.Refusal;
import graft.files.CannotWrite;
import graft.progress.Progress;
import graft.progress.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** One attempt at the rest of a file (RFC 9110: {@code Range}, {@code If-Range}, {@code Content-Range}). */
final class Transfer {
    private static final Set<Integer> FOR_NOW = Set.of(408, 425, 429, 500, 502, 503, 504);
    private static final Pattern RANGE = Pattern.compile("bytes (\\d+)-(\\d+)/(\\d+|\\*)");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,4}");
    private static final long LONGEST_PAUSE = 120;
    private static final int PIECE = 1 << 16;

    /** It did not end well, and may the next time. */
    static final class Interrupted extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Optional<Duration> asked;

        Interrupted(String what, Optional<Duration> asked, Throwable cause) {
            super(what, cause);
            this.asked = asked;
        }

        /** The pause that the server asks for. */
        Optional<Duration> asked() {
            return asked == null ? Optional.empty() : asked;
        }
    }

    private final Wanted wanted;
    private final Connections connections;
    private final PartialFile part;
    private final Progress progress;

    Transfer(Wanted wanted, Connections connections, PartialFile part, Progress progress) {
        this.wanted = wanted;
        this.connections = connections;
        this.part = part;
        this.progress = progress;
    }

    /** @return whether the file is whole; false where it was cancelled */
    boolean run() throws Interrupted {
        Map<String, String> headers = new HashMap<>(wanted.headers());
        long there = there();
        if (there > 0 && wanted.bytes().isPresent() && there == wanted.bytes().getAsLong()) {
            return true;
        }
        if (there > 0) {
            headers.put("Range", "bytes=" + there + "-");
            headers.put("If-Range", origin().orElseThrow().tag());
        }
        try (Answer answer = connections.get(wanted.address(), headers)) {
            return received(answer, there);
        } catch (UnknownHostException e) {
            throw new Interrupted(
                    "the name " + wanted.address().getHost() + " is not known here (is there a connection?)",
                    Optional.empty(),
                    e);
        } catch (SSLException e) {
            throw new Refusal(
                    wanted.address().getHost() + " could not prove who it is: " + e.getMessage()
                            + ". Nothing was fetched. Check the date of this machine, or whether something stands between.",
                    e);
        } catch (IOException e) {
            throw new Interrupted(words(e), Optional.empty(), e);
        }
    }

    private static String words(IOException e) {
        return e instanceof java.net.SocketTimeoutException
                ? "no byte came for too long"
                : "the connection failed ("
                        + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()) + ")";
    }

    private Optional<PartialFile.Origin> origin() {
        try {
            return part.origin();
        } catch (IOException e) {
            throw new CannotWrite(part.path(), e);
        }
    }

    /** Bytes that can be gone on with: of the same address, with a tag to ask for the same content by. */
    private long there() {
        boolean isOfThis = origin().filter(
                        from -> from.address().equals(wanted.address().toString())
                                && !from.tag().isEmpty())
                .isPresent();
        try {
            return isOfThis ? part.bytes() : 0;
        } catch (IOException e) {
            throw new CannotWrite(part.path(), e);
        }
    }

    private boolean received(Answer answer, long there) throws IOException, Interrupted {
        if (answer.status() == 416 && there > 0) {
            if (answer.header("content-range").orElse("").equals("bytes */" + there)) {
                return true; // all of it had come
            }
            discard();
            throw new Interrupted(
                    "the server has no such part any more; it is begun anew", Optional.of(Duration.ZERO), null);
        }
        if (answer.status() != 200 && answer.status() != 206) {
            throw refused(answer);
        }
        long from = answer.status() == 206 ? continued(answer, there) : begun(answer);
        OptionalLong total = total(answer, from);
        if (wanted.bytes().isPresent()
                && total.isPresent()
                && total.getAsLong() != wanted.bytes().getAsLong()) {
            discard();
            throw new Refusal(wanted.name() + " at " + wanted.address() + " has " + total.getAsLong()
                    + " bytes, not the " + wanted.bytes().getAsLong()
                    + " that were promised. It is another file by now: nothing was kept.");
        }
        needRoom(total, from);
        return copied(answer, from, total);
    }

    private void discard() {
        try {
            part.discard();
        } catch (IOException e) {
            throw new CannotWrite(part.path(), e);
        }
    }

    private long continued(Answer answer, long there) throws Interrupted {
        Matcher range = RANGE.matcher(answer.header("content-range").orElse(""));
        if (there == 0 || !range.matches() || Long.parseLong(range.group(1)) != there) {
            discard();
            throw new Interrupted(
                    "the server sent another part than was asked for; it is begun anew",
                    Optional.of(Duration.ZERO),
                    null);
        }
        return there;
    }

    private long begun(Answer answer) {
        String tag =
                answer.header("etag").filter(name -> !name.startsWith("W/")).orElse("");
        try {
            part.begin(new PartialFile.Origin(wanted.address().toString(), tag));
        } catch (IOException e) {
            throw new CannotWrite(part.path(), e);
        }
        return 0;
    }

    private OptionalLong total(Answer answer, long from) {
        OptionalLong rest = answer.length();
        return rest.isPresent() ? OptionalLong.of(from + rest.getAsLong()) : wanted.bytes();
    }

    private void needRoom(OptionalLong total, long from) {
        Path folder = wanted.file().toAbsolutePath().getParent();
        try {
            long room = Files.getFileStore(folder).getUsableSpace();
            if (total.isPresent() && total.getAsLong() - from > room) {
                if (from == 0) {
                    discard(); // nothing has come
                }
                throw new Refusal(wanted.name() + " has " + megabytes(total.getAsLong()) + " MB, of which "
                        + megabytes(total.getAsLong() - from) + " are still to come; " + folder + " has room for "
                        + megabytes(room) + ". Make room, or name another folder.");
            }
        } catch (IOException e) {
            throw new CannotWrite(folder, e);
        }
    }

    private static String megabytes(long bytes) {
        return String.format(java.util.Locale.ROOT, "%.1f", bytes / 1e6);
    }

    private boolean copied(Answer answer, long from, OptionalLong total) throws IOException, Interrupted {
        long done = from;
        InputStream in = answer.body();
        try (OutputStream out = more()) {
            byte[] piece = new byte[PIECE];
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                write(out, piece, n);
                done += n;
                progress.report(Stage.ofBytes("fetching " + wanted.name(), done, total.orElse(0)));
                if (progress.isCancelled()) {
                    return false;
                }
            }
        }
        if (total.isPresent() && done < total.getAsLong()) {
            throw new Interrupted(
                    "the connection ended after " + done + " of " + total.getAsLong() + " bytes",
                    Optional.empty(),
                    null);
        }
        if (total.isPresent() && done > total.getAsLong()) {
            discard();
            throw new Refusal(wanted.address() + " sent more than the " + total.getAsLong()
                    + " bytes that were promised. Nothing was kept.");
        }
        return true;
    }

    private OutputStream more() {
        try {
            return part.more();
        } catch (IOException e) {
            throw new CannotWrite(part.path(), e);
        }
    }

    private void write(OutputStream out, byte[] piece, int n) {
        try {
            out.write(piece, 0, n);
        } catch (IOException e) {
            throw new CannotWrite(part.path(), e);
        }
    }

    private Refusal refused(Answer answer) throws Interrupted {
        int status = answer.status();
        String said = wanted.address().getHost() + " answers " + status;
        if (FOR_NOW.contains(status)) {
            Optional<Duration> pause = answer.header("retry-after")
                    .filter(word -> SECONDS.matcher(word).matches())
                    .map(word -> Duration.ofSeconds(Math.min(Long.parseLong(word), LONGEST_PAUSE)));
            throw new Interrupted(said, pause, null);
        }
        if (status == 401 || status == 403) {
            return new Refusal(said + ": " + wanted.address() + " is not open to everybody. "
                    + (wanted.token().isPresent()
                            ? "The token that was sent does not open it: check its rights, and whether the licence was accepted on the page of the network."
                            : "Where it is yours to fetch, put your token into HF_TOKEN."));
        }
        return new Refusal(
                status == 404 || status == 410
                        ? "There is no file at " + wanted.address() + " (" + said
                                + "). Check the name and the revision."
                        : said + " for " + wanted.address() + ", which Graft does not know how to go on from.");
    }
}
