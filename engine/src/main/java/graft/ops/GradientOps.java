package graft.ops;

/**
 * Operators of Graft's own domain, for objectives: they pass their input on as it is, and change what comes back. A file with them
 * is an Identity to who only asks it.
 */
public final class GradientOps {
    /** Of Graft's own operators, version 1. */
    public static final String DOMAIN = "graft";

    /** {@code (X, lambda) → X}; the gradient of X is that of the result times −lambda (Ganin 2016). */
    public static final String REVERSAL = "GradientReversal";

    /** {@code X → X}, through which no gradient passes. */
    public static final String STOP = "StopGradient";

    private GradientOps() {}

    static void addTo(OpTable ops) {
        // The difference is exactly zero: what comes out is what came in, whatever lambda is.
        ops.add(
                DOMAIN + "::" + REVERSAL,
                1,
                in -> in.torch(
                        "torch.sub(torch.detach(a), torch.mul(torch.sub(a, torch.detach(a)), torch.detach(b)))",
                        in.get(0),
                        in.get(1)));
        ops.add(DOMAIN + "::" + STOP, 1, in -> in.torch("torch.detach(a)", in.get(0)));
        ops.withoutGradient(DOMAIN + "::" + STOP);
        ops.noGradientTo(DOMAIN + "::" + REVERSAL, 1);
        ops.note(DOMAIN + "::" + REVERSAL, "for objectives: passes its input on, and turns the gradient round");
        ops.note(DOMAIN + "::" + STOP, "for objectives");
    }
}
