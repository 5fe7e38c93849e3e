package graft.guard;

/**
 * How much memory and how much time without a sign of progress work on some files can honestly need. Generous for what is
 * large: a bound that ordinary work never meets. Small for small files: what a network of a few kilobytes cannot need, it
 * asks for by mistake or by malice.
 *
 * @param bytes memory of the process that belongs to no file
 * @param seconds without a sign of progress
 */
record Allowance(long bytes, double seconds) {
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;

    /** What the process takes with all its libraries, and room to work in. */
    private static final long BASE_BYTES = 2 * GIB + 800 * MIB;
    /** Weights are held by the file, by ONNX Runtime, by PyTorch, by gradients and by optimizers. */
    private static final long TIMES_THE_NETWORK = 12;

    private static final long TIMES_THE_DATA = 4;
    /** Activations of a deep network against its input: DenseNet-121 keeps 200 bytes for each byte of its picture. */
    private static final long TIMES_AN_EXAMPLE = 300;
    /** Forward, backward, and what kernels need beside. */
    private static final long COPIES = 3;

    private static final double BASE_SECONDS = 9;
    private static final double SECONDS_PER_MIB_OF_NETWORK = 3;
    private static final double SECONDS_PER_MIB_OF_BATCH = 0.3;
    /** All examples go through the network without a word when a file is proved after training. */
    private static final double SECONDS_PER_MIB_OF_EXAMPLES = 0.3;

    /** Some walks through a graph look at every node many times. */
    private static final double SECONDS_PER_NODE = 1e-3;
    /** Steps of a recurrent layer are computed one after the other, forward and backward, in one call. */
    private static final double SECONDS_PER_ROUND = 1e-2;

    private static final long MOST_ROUNDS = 10_000;

    /** An example of 224 × 224 colour pixels, until it is known better. */
    static final long USUAL_EXAMPLE = 600_000;

    /**
     * @param networkBytes of all weights
     * @param nodes of the graph
     * @param rounds that a body or a recurrent layer is gone through for one batch
     * @param dataBytes of arrays that are held while they are used
     * @param count examples in all
     * @param batch examples at once
     */
    static Allowance of(
            long networkBytes, long nodes, long rounds, long dataBytes, long exampleBytes, long count, int batch) {
        double bytes = BASE_BYTES
                + TIMES_THE_NETWORK * (double) networkBytes
                + TIMES_THE_DATA * (double) dataBytes
                + (double) batch * COPIES * (TIMES_AN_EXAMPLE * (double) exampleBytes + 2.0 * networkBytes);
        double seconds = BASE_SECONDS
                + SECONDS_PER_NODE * nodes
                + SECONDS_PER_ROUND * Math.min(rounds, MOST_ROUNDS)
                + SECONDS_PER_MIB_OF_NETWORK * networkBytes / MIB
                + SECONDS_PER_MIB_OF_BATCH * exampleBytes * batch / MIB
                + SECONDS_PER_MIB_OF_EXAMPLES * exampleBytes * count / MIB;
        return new Allowance((long) Math.min(bytes, Long.MAX_VALUE / 2), seconds);
    }
}
