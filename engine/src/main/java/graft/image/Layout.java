package graft.image;

/** The order of the axes of a batch of pictures: channels before or after height and width. */
public enum Layout {
    NCHW,
    NHWC
}
