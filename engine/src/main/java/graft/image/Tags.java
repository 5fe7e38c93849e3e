package graft.image;

import java.util.Optional;
import java.util.Set;

/**
 * What a file says of its picture beside the pixels.
 *
 * @param orientation as EXIF numbers it, 1 to 8
 * @param profile ICC, as it is embedded
 * @param remarks what else should be known
 */
record Tags(int orientation, Optional<byte[]> profile, Set<PictureRemark> remarks) {
    static final Tags NONE = new Tags(Exif.UPRIGHT, Optional.empty(), Set.of());
}
