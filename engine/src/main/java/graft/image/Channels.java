package graft.image;

/** The colour channels a network expects, in its order. */
public enum Channels {
    RGB(3),
    BGR(3),
    /** One channel, ITU-R 601 luma. */
    GRAY(1);

    private final int count;

    Channels(int count) {
        this.count = count;
    }

    public int count() {
        return count;
    }
}
