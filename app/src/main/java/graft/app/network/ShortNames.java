package graft.app.network;

import graft.network.Layer;
import graft.network.Network;
import java.util.List;

/**
 * Names of layers without what all of them begin with: exporters put the name of a wrapper before each.
 *
 * @param prefix ends with what parts modules, or is empty
 */
record ShortNames(String prefix) {
    /** Fewer layers may have as much in common by chance. */
    private static final int FEW = 4;

    static ShortNames of(Network network) {
        List<Layer> layers = network.body();
        if (layers.size() < FEW) {
            return new ShortNames("");
        }
        String common = layers.get(0).name();
        for (Layer layer : layers) {
            int same = 0;
            while (same < Math.min(common.length(), layer.name().length())
                    && common.charAt(same) == layer.name().charAt(same)) {
                same++;
            }
            common = common.substring(0, same);
        }
        return new ShortNames(common.substring(0, Math.max(common.lastIndexOf('.'), common.lastIndexOf('/')) + 1));
    }

    String of(String name) {
        return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    }
}
