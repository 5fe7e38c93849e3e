package graft.ops;

import graft.Refusal;

/** A result larger than the executor will allocate. */
final class TooLarge extends Refusal {
    private static final long serialVersionUID = 1L;

    TooLarge(String message) {
        super(message);
    }
}
