package graft.text;

/** How the numbers of a text's tokens become those of the text. */
public enum Pooling {
    /** As sentence-transformers' file beside the network says, else the mean. */
    AUTO,
    /** The mean over its tokens, padding left out: as sentence encoders are trained. */
    MEAN,
    /** The first token, [CLS]. */
    CLS,
    /** What the network itself makes of the first token, where it has such an output. */
    POOLER
}
