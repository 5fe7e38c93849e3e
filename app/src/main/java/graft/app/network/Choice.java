package graft.app.network;

import graft.image.Preprocessing;
import java.util.Optional;

/**
 * What the user decides about a network.
 *
 * @param features the tensor that the head stands on; empty = the input of the old classifier
 * @param preprocessing null where it is not known
 * @param assumed whether the preprocessing is neither from the file nor from the user
 */
record Choice(Padlocks padlocks, Optional<String> features, Preprocessing preprocessing, boolean assumed) {

    /** Nothing but what the file says. */
    static Choice untouched(OpenedNetwork opened) {
        return new Choice(
                Padlocks.ALL_CLOSED, Optional.empty(), opened.preprocessing().orElse(null), opened.assumed());
    }

    Choice with(Padlocks others) {
        return new Choice(others, features, preprocessing, assumed);
    }

    Choice withFeatures(Optional<String> tensor) {
        return new Choice(padlocks, tensor, preprocessing, assumed);
    }

    Choice withPreprocessing(Preprocessing chosen) {
        return new Choice(padlocks, features, chosen, false);
    }
}
