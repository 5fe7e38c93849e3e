package graft.image;

import graft.Refusal;
import graft.data.Fingerprint;
import graft.image.Resampler.Box;
import graft.progress.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * Picture files, decoded and resized once. As many as fit into a share of the memory stay there; the others are decoded
 * again when they are asked for. Nothing is ever pushed out: training reads all pictures in turn, and a cache that forgets
 * the oldest would then never hit.
 */
final class PictureStore {
    private static final double SHARE_OF_MEMORY = 0.3;

    /** Of a very long picture only the middle part is kept: this many times the size of the input. */
    private static final int LONGEST = 4;

    private static final String READING = "reading pictures";

    /**
     * What became of one file.
     *
     * @param hash SHA-256 of the file; "" where it could not be read
     * @param pixels tells pictures apart by what is seen: the same in whatever format it is stored without loss
     * @param failure why it could not be read, or ""
     */
    record Outcome(String hash, long bytes, String pixels, Set<PictureRemark> remarks, int highest, String failure) {
        static Outcome failed(long bytes, IOException why) {
            return new Outcome("", bytes, "", Set.of(), 0, why.getMessage());
        }
    }

    private final List<Path> files;
    private final Preprocessing preprocessing;
    private final Picture[] kept;
    private final String[] hashes;
    private final AtomicLong room;

    PictureStore(List<Path> files, Preprocessing preprocessing) {
        this(files, preprocessing, (long) (Runtime.getRuntime().maxMemory() * SHARE_OF_MEMORY));
    }

    PictureStore(List<Path> files, Preprocessing preprocessing, long bytesOfMemory) {
        this.files = List.copyOf(files);
        this.preprocessing = preprocessing;
        this.kept = new Picture[files.size()];
        this.hashes = new String[files.size()];
        this.room = new AtomicLong(bytesOfMemory);
    }

    Path file(int index) {
        return files.get(index);
    }

    /** Decodes every file once, on all cores. Must have ended before {@link #picture} is called. */
    List<Outcome> readAll(Progress progress) {
        ExecutorService pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(), task -> {
            Thread thread = new Thread(task, READING);
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<Outcome>> pending = new ArrayList<>();
            for (int i = 0; i < files.size(); i++) {
                int index = i;
                pending.add(pool.submit(() -> readFirst(index)));
            }
            List<Outcome> outcomes = new ArrayList<>();
            for (Future<Outcome> future : pending) {
                if (progress.isCancelled()) {
                    throw new CancellationException("reading the pictures was cancelled");
                }
                outcomes.add(future.get());
                progress.stage(READING, outcomes.size(), files.size());
            }
            return outcomes;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("reading the pictures was interrupted");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException defect ? defect : new IllegalStateException(e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    private Outcome readFirst(int index) {
        byte[] content;
        try {
            content = PictureContent.of(files.get(index));
        } catch (IOException e) {
            return Outcome.failed(0, e);
        }
        Reading reading;
        try {
            reading = PictureReader.read(content);
            Picture picture = prepare(reading.picture());
            if (room.addAndGet(-picture.pixels().length) >= 0) {
                kept[index] = picture;
            } else {
                room.addAndGet(picture.pixels().length);
            }
        } catch (IOException e) {
            return Outcome.failed(content.length, e);
        }
        hashes[index] = HexFormat.of().formatHex(Fingerprint.sha256().digest(content));
        return new Outcome(
                hashes[index], content.length, sight(reading.picture()), reading.remarks(), reading.highest(), "");
    }

    /** Size and two checksums: 64 bits, at a tenth of the price of a cryptographic hash; nobody forges his own pictures. */
    private static String sight(Picture picture) {
        CRC32 one = new CRC32();
        one.update(picture.pixels());
        CRC32C two = new CRC32C();
        two.update(picture.pixels());
        return picture.width() + "x" + picture.height() + "x" + picture.bands() + ":" + one.getValue() + ":"
                + two.getValue();
    }

    /** SHA-256 of a file that could be read. */
    String hash(int index) {
        return hashes[index];
    }

    /** Resized to the shorter side of the preprocessing, not yet cut to the input's size. */
    Picture picture(int index) {
        if (kept[index] != null) {
            return kept[index];
        }
        try {
            return prepare(
                    PictureReader.read(PictureContent.of(files.get(index))).picture());
        } catch (IOException e) {
            throw new Refusal(
                    "The picture " + files.get(index) + " could be read before, but now it cannot: " + e.getMessage()
                            + ". Check that the drive is there and the file unchanged, then start again.",
                    e);
        }
    }

    private Picture prepare(Picture decoded) {
        Picture picture = preprocessing.channels() == Channels.GRAY ? decoded.toLuma() : toRgb(decoded);
        int inputHeight = preprocessing.height();
        int inputWidth = preprocessing.width();
        PictureSize size = preprocessing.resizing().of(picture, inputHeight, inputWidth);
        int most = LONGEST * Math.max(inputHeight, inputWidth);
        int keptWidth = middle(size.width(), most);
        int keptHeight = middle(size.height(), most);
        int left = (size.width() - keptWidth) / 2;
        int top = (size.height() - keptHeight) / 2;
        Box window = new Box(left, top, left + keptWidth, top + keptHeight);
        return Resampler.resize(picture, Box.all(picture), size.width(), size.height(), window);
    }

    /** Keeps odd lengths odd, so that the middle stays the middle. */
    private static int middle(int length, int most) {
        return length <= most ? length : most + (length - most) % 2;
    }

    private static Picture toRgb(Picture picture) {
        if (picture.bands() == 3) {
            return picture;
        }
        byte[] rgb = new byte[picture.pixels().length * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = picture.pixels()[i / 3];
        }
        return new Picture(picture.width(), picture.height(), 3, rgb);
    }
}
