package graft.evaluate;

/**
 * An example that was taken for something else.
 *
 * @param confidence probability of the predicted class, 0…1
 */
public record Wrong(String name, String truth, String predicted, double confidence) {}
