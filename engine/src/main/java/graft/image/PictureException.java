package graft.image;

import java.io.IOException;

/** What is wrong with a picture, in words that are ours: "it …". */
final class PictureException extends IOException {
    private static final long serialVersionUID = 1L;

    PictureException(String message) {
        super(message);
    }
}
