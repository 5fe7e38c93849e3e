package graft.catalog;

import java.util.List;
import java.util.Optional;

/**
 * What a repository holds.
 *
 * @param commit of which these are the files: what is fetched is of this one, though the branch goes on
 * @param licence as its card says it; empty where it says none
 */
public record HubListing(HubName name, String commit, Optional<String> licence, List<HubFile> files) {
    public HubListing {
        files = List.copyOf(files);
    }

    /** The file of this path. */
    public Optional<HubFile> file(String path) {
        return files.stream().filter(file -> file.path().equals(path)).findFirst();
    }
}
