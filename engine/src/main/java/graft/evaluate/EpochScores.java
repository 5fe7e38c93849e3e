package graft.evaluate;

/**
 * One point of the learning curves.
 *
 * @param epoch counted from 1
 * @param trainAccuracy 0…1, as is {@code valAccuracy}
 */
public record EpochScores(int epoch, double trainLoss, double trainAccuracy, double valLoss, double valAccuracy) {}
