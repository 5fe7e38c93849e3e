package graft.image;

import graft.data.Corrections;
import graft.data.Remark;
import graft.image.ReadingRemarks.Seen;
import graft.progress.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** Pictures on both sides of the split that look alike though their files differ: scaled, cut a little, or compressed anew. */
final class NearlySame {
    /** @param likeness empty where there is too little in the picture */
    record Look(Seen seen, Optional<Likeness> likeness) {}

    private NearlySame() {}

    static Optional<Remark> across(List<Look> looks, Progress progress) {
        List<Look> learnt = looks.stream()
                .filter(look ->
                        look.likeness().isPresent() && look.seen().part().equals(PictureFiles.TRAIN))
                .toList();
        List<Look> alike = new ArrayList<>();
        Look first = null;
        for (Look look : looks) {
            if (progress.isCancelled()) {
                throw new CancellationException("looking through the pictures was cancelled");
            }
            if (look.likeness().isEmpty() || look.seen().part().equals(PictureFiles.TRAIN)) {
                continue;
            }
            Likeness mine = look.likeness().get();
            Optional<Look> twin = learnt.stream()
                    .filter(other -> !other.seen().content().equals(look.seen().content())
                            && other.likeness().orElseThrow().isLike(mine))
                    .findFirst();
            if (twin.isPresent()) {
                first = first == null ? twin.get() : first;
                alike.add(look);
            }
        }
        if (alike.isEmpty()) {
            return Optional.empty();
        }
        List<String> names = alike.stream().map(look -> look.seen().name()).toList();
        return Optional.of(new Remark(
                Remark.Kind.LEARNT_AND_JUDGED,
                alike.size() + (alike.size() == 1 ? " picture to judge by looks" : " pictures to judge by look")
                        + " like one to learn from, such as " + names.get(0) + " and "
                        + first.seen().name() + ": of 144 comparisons of brightness at most "
                        + Likeness.MOST_DIFFERENT
                        + " differ. If they show the same thing, the accuracy will look better"
                        + " than it is.",
                alike.stream().map(look -> look.seen().found().file()).toList(),
                Corrections.leavingOut(names)));
    }
}
