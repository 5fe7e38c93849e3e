package graft.image;

import graft.data.Fingerprint;
import graft.data.Remark;
import graft.data.Skipped;
import graft.data.Split;
import graft.image.NearlySame.Look;
import graft.image.PictureFiles.Found;
import graft.image.ReadingRemarks.Seen;
import graft.progress.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;

/** Looks through the pictures of a folder before a network is there to prepare them for. */
public final class PictureCheck {
    /** Small, so that large JPEG files are decoded quickly. */
    private static final int SIZE = 64;

    /**
     * What was found.
     *
     * @param unreadable pictures that cannot be learnt from, with the reason
     * @param remarks what may mislead; repetitions are found by the bytes of the files
     */
    public record Findings(List<Skipped> unreadable, List<Remark> remarks) {}

    private PictureCheck() {}

    /** @param what is being done, in the user's words, for {@code progress} */
    public static Findings look(PictureFiles files, long seed, String what, Progress progress) {
        return look(files, seed, Split.SHARE, what, progress);
    }

    /** @param share of each class that is judged by, where the folder does not say which */
    public static Findings look(PictureFiles files, long seed, double share, String what, Progress progress) {
        Set<Path> val = files.validation(seed, share);
        List<Look> looks = new ArrayList<>();
        List<Skipped> unreadable = new ArrayList<>();
        List<Seen> seen = new ArrayList<>();
        for (Found found : files.files()) {
            if (progress.isCancelled()) {
                throw new CancellationException("looking through the pictures was cancelled");
            }
            try {
                byte[] content = PictureContent.of(found.file());
                Reading reading = PictureReader.read(content, SIZE);
                String hash = HexFormat.of().formatHex(Fingerprint.sha256().digest(content));
                String part = found.part().equals(PictureFiles.TEST)
                        ? PictureFiles.TEST
                        : val.contains(found.file()) ? PictureFiles.VAL : PictureFiles.TRAIN;
                Seen one = new Seen(found, found.name(), part, hash, reading.remarks(), reading.highest());
                seen.add(one);
                looks.add(new Look(one, Likeness.of(reading.picture())));
            } catch (IOException e) {
                unreadable.add(new Skipped(found.file(), e.getMessage()));
            }
            progress.stage(what, seen.size() + unreadable.size(), files.files().size());
        }
        List<Remark> remarks = new ArrayList<>(ReadingRemarks.of(seen));
        NearlySame.across(looks, progress).ifPresent(remarks::add);
        return new Findings(List.copyOf(unreadable), List.copyOf(remarks));
    }
}
