package graft.data;

/**
 * Examples of another domain.
 *
 * @param data what steps see as its training examples, of which no label is known; what may be judged as its validation examples
 * @param judged whether the latter have labels, by the classes of the source
 * @param apart whether what is judged is never in a step
 */
public record Target(DataSet data, boolean judged, boolean apart) {}
