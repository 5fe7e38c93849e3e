package graft;

/**
 * What was asked cannot be done. The message is for the user, one paragraph: what failed, on which file or layer, and
 * what to do about it. Anything else that is thrown is a defect of Graft.
 */
public class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Refusal(String message) {
        super(message);
    }

    public Refusal(String message, Throwable cause) {
        super(message, cause);
    }
}
