package graft.predict;

import graft.meaning.Reading;
import java.nio.file.Path;
import java.util.List;

/**
 * What a network is asked about.
 *
 * @param reading what the user says of the network's file
 * @param inputs files and folders
 * @param top how many of the likeliest classes are written
 * @param probabilities whether those of all classes are
 * @param threads 0 = one per core
 */
public record PredictionPlan(Reading reading, List<Path> inputs, int top, boolean probabilities, int threads) {}
