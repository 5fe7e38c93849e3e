package graft.preparation;

import graft.image.UsualPreparations;
import java.util.Map;

/** Something by which a network itself shows how its pictures are to be prepared. */
interface Sign extends AutoCloseable {
    /** How well a preparation fits: higher is better, and differences can be compared with {@link #decides}. */
    double fit(UsualPreparations tried);

    /** What a difference of {@link #fit} must be before it decides. */
    double decides();

    /** The same before it decides on an order of colours other than the one that goes with the range: pictures of both hardly differ. */
    default double decidesOrder() {
        return 2 * decides();
    }

    /** The least {@link #fit} that says anything at all. */
    double least();

    /** By what, for the user: "what its first 4 batch norms expect". */
    String inWords();

    /** A fit as the number that was measured, for the user. */
    String number(double fit);

    /** Of those that fit about as well as the best, the one to be preferred by another measure; the best itself where there is none. */
    default UsualPreparations preferred(UsualPreparations best, Map<UsualPreparations, Double> fits) {
        return best;
    }

    @Override
    void close();
}
