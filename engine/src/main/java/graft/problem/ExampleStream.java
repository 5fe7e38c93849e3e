package graft.problem;

import graft.features.LabelledFeatures;

/**
 * Further examples, some of which are in each step beside those that are learnt from, as many as of these. Nobody says what is
 * to be answered for them; objectives take what the network makes of them by {@link graft.objective.Streams#of}.
 *
 * @param sampling their order; gone through anew, in the next order, where they are used up
 * @param statistics whether the statistics that batch norms learn are those of these examples, and not of those to learn from
 */
public record ExampleStream(String name, LabelledFeatures examples, Sampling sampling, boolean statistics) {
    /**
     * The examples of a step.
     *
     * @param first how many there were in all steps before
     */
    public int[] at(long first, int count) {
        int[] out = new int[count];
        int size = examples.size();
        long round = -1;
        int[] order = new int[0];
        for (int i = 0; i < count; i++) {
            long place = first + i;
            if (place / size != round) {
                round = place / size;
                order = sampling.order(Math.toIntExact(round));
            }
            out[i] = order[(int) (place % size)];
        }
        return out;
    }
}
