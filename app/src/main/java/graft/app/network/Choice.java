package graft.app.network;

import graft.image.Preprocessing;
import java.util.Optional;

/**
 * What the user decides about a network.
 *
 * @param opened the network before any decision; an edit of its graph gives another
 * @param rates of layers, where they differ from that of the run
 * @param features the tensor that the head stands on; empty = the input of the old classifier
 * @param preprocessing null where it is not known
 * @param assumed whether the preprocessing is neither from the file nor from the user
 */
record Choice(
        OpenedNetwork opened,
        Padlocks padlocks,
        Rates rates,
        Optional<String> features,
        Preprocessing preprocessing,
        boolean assumed) {

    /** Nothing but what the file says. */
    static Choice untouched(OpenedNetwork opened) {
        return new Choice(
                opened,
                Padlocks.ALL_CLOSED,
                Rates.ALIKE,
                Optional.empty(),
                opened.preprocessing().orElse(null),
                opened.assumed());
    }

    Choice with(Padlocks others) {
        return new Choice(opened, others, rates, features, preprocessing, assumed);
    }

    Choice with(Rates others) {
        return new Choice(opened, padlocks, others, features, preprocessing, assumed);
    }

    Choice withFeatures(Optional<String> tensor) {
        return new Choice(opened, padlocks, rates, tensor, preprocessing, assumed);
    }

    Choice withPreprocessing(Preprocessing chosen) {
        return new Choice(opened, padlocks, rates, features, chosen, false);
    }

    /** The same decisions on an edited graph; a feature tensor that it has no more is found anew. */
    Choice on(OpenedNetwork edited) {
        Optional<String> kept = features.filter(
                tensor -> edited.network().model().graph().producers().containsKey(tensor));
        return new Choice(edited, padlocks, rates, kept, preprocessing, assumed);
    }
}
