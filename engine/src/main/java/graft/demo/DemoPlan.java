package graft.demo;

import java.nio.file.Path;

/**
 * How the demo runs; both networks learn by it in the same way.
 *
 * @param out folder for everything that is written
 * @param epochs passes over the examples
 * @param seed of the new head, the order of examples, their views, and the network that starts from scratch
 * @param threads for computing; 0 = one per core
 */
public record DemoPlan(Path out, int epochs, long seed, int threads) {}
