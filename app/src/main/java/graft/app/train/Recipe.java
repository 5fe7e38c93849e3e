package graft.app.train;

import graft.network.Network;

/** A usual way to fine-tune: what learns, and how fast. */
public enum Recipe {
    /** Only the new head: the body is computed once. */
    FEATURE_EXTRACTION(0.01),
    /** The head and the last fifth of the body. */
    TOP(0.001),
    EVERYTHING(0.001),
    /** What the padlocks say. */
    PADLOCKS(0.001);

    private static final int SHARE_OF_TOP = 5;

    private final double learningRate;

    Recipe(double learningRate) {
        this.learningRate = learningRate;
    }

    /** A good first learning rate for SGD with momentum 0.9. */
    double learningRate() {
        return learningRate;
    }

    /** What learns, as {@code --trainable} takes it; null for {@link #PADLOCKS}, which leaves the choice as it is. */
    String spec(Network network) {
        return switch (this) {
            case FEATURE_EXTRACTION -> "head";
            case TOP -> "last:" + Math.max(1, Math.round((float) network.body().size() / SHARE_OF_TOP));
            case EVERYTHING -> "all";
            case PADLOCKS -> null;
        };
    }
}
