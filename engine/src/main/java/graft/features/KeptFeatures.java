package graft.features;

import java.util.List;

/** What the frozen layers of all runs have computed, as it lies on the disk for runs to come. */
public final class KeptFeatures {
    private KeptFeatures() {}

    /** What it takes of the disk. */
    public static long bytes() {
        return FeatureFolder.usual().bytes();
    }

    /** Deletes what no run is filling just now, and tells the bytes that are left. Runs that read a deleted file go on with it. */
    public static long clean() {
        FeatureFolder folder = FeatureFolder.usual();
        new FeatureFolder(folder.folder(), 0).makeRoom(0, List.of());
        return folder.bytes();
    }
}
