package graft.catalog;

import graft.Refusal;
import graft.online.Checksum;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A file of a repository.
 *
 * @param path in it, parted by "/"; nothing in it leads out of a folder
 * @param checksum as the hub states it
 */
public record HubFile(String path, OptionalLong bytes, Optional<Checksum> checksum) {
    /** What no system takes for anything but a part of a name. */
    private static final Pattern PART = Pattern.compile("[^\\\\:*?\"<>|\\x00-\\x1f/]*[^\\\\:*?\"<>|\\x00-\\x1f/ .]");

    private static final int LONGEST = 200;
    private static final Set<String> DEVICES = Set.of("con", "prn", "aux", "nul");

    public HubFile {
        for (String part : path.split("/", -1)) {
            String stem = part.replaceFirst("\\..*", "").toLowerCase(java.util.Locale.ROOT);
            if (!PART.matcher(part).matches()
                    || part.length() > LONGEST
                    || DEVICES.contains(stem)
                    || stem.matches("(com|lpt)\\d")) {
                throw new Refusal("A file is called \"" + path
                        + "\" there, which is no name that Graft writes: it leads out of the folder, or not every system takes it."
                        + " Fetch the files in another way.");
            }
        }
    }

    /** The last part of its path. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** "" or its folder with a "/" behind. */
    String folder() {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }
}
