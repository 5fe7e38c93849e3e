package graft.evaluate;

/**
 * One point of the learning curves.
 *
 * @param epoch counted from 1
 * @param trainScore of the kind of {@code valScore}; NaN where there is no such number
 */
public record EpochScores(int epoch, double trainLoss, double trainScore, double valLoss, double valScore) {}
