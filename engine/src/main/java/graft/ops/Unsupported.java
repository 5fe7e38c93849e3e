package graft.ops;

import graft.Refusal;

/** The network asks for an operator, a form of one, or an element type that the executor does not compute. */
public final class Unsupported extends Refusal {
    private static final long serialVersionUID = 1L;

    Unsupported(String message) {
        super(message);
    }
}
