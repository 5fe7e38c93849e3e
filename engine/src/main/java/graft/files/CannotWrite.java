package graft.files;

import graft.Refusal;
import java.io.IOException;
import java.nio.file.Path;

/** A file cannot be written. Unlike other refusals this one ends what is being done: nothing that follows could be kept. */
public final class CannotWrite extends Refusal {
    private static final long serialVersionUID = 1L;

    CannotWrite(String message) {
        super(message);
    }

    CannotWrite(String message, IOException e) {
        super(message, e);
    }

    /** {@code file} could not be written, for this reason. */
    public CannotWrite(Path file, IOException e) {
        super(
                "Cannot write " + file + ": " + AtomicFile.reason(e)
                        + ". Check that the folder exists, may be written to and has room.",
                e);
    }
}
