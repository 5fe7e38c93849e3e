package graft.app.network;

import graft.network.Layer;
import graft.network.Network;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The layers that have a padlock, in graph order: those below the head. They are known by name, as other copies of the
 * network have them too.
 */
record Body(List<Layer> layers) {

    /** @param network null = none */
    static Body of(Network network) {
        return new Body(network == null ? List.of() : network.body());
    }

    boolean has(Layer layer) {
        return indexOf(layer) >= 0;
    }

    /** Those of {@code some} that are in it. */
    List<Layer> among(Collection<Layer> some) {
        List<Layer> out = new ArrayList<>();
        for (Layer layer : some) {
            int index = indexOf(layer);
            if (index >= 0) {
                out.add(layers.get(index));
            }
        }
        return out;
    }

    /** Up to and with a layer; all where it is above the body. */
    List<Layer> upTo(Layer layer) {
        int end = indexOf(layer);
        return layers.subList(0, end < 0 ? layers.size() : end + 1);
    }

    /** A layer and those above it; none where it is above the body. */
    List<Layer> from(Layer layer) {
        int start = indexOf(layer);
        return start < 0 ? List.of() : layers.subList(start, layers.size());
    }

    private int indexOf(Layer layer) {
        for (int i = 0; i < layers.size(); i++) {
            if (layers.get(i).name().equals(layer.name())) {
                return i;
            }
        }
        return -1;
    }
}
