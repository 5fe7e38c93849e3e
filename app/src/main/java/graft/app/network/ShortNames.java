package graft.app.network;

import graft.network.Layer;
import graft.network.Network;
import java.util.List;

/**
 * Names of layers without what nearly all of them begin with: exporters put the name of a wrapper before each.
 *
 * @param prefix ends with what parts modules, or is empty
 */
record ShortNames(String prefix) {
    /** Fewer layers may have as much in common by chance. */
    private static final int FEW = 4;

    /** Of the layers; constants of an exporter are called otherwise. */
    private static final double MOST = 0.9;

    static ShortNames of(Network network) {
        List<String> names = network.body().stream().map(Layer::name).toList();
        String prefix = "";
        if (names.size() < FEW) {
            return new ShortNames(prefix);
        }
        for (int at = end(names.get(0), 0); at > 0; at = end(names.get(0), at)) {
            String longer = names.get(0).substring(0, at);
            long shared = names.stream().filter(name -> name.startsWith(longer)).count();
            if (shared < MOST * names.size()) {
                break;
            }
            prefix = longer;
        }
        return new ShortNames(prefix);
    }

    /** Where the next module of a path ends; 0 where there is none. */
    private static int end(String name, int from) {
        for (int i = from; i < name.length(); i++) {
            if (name.charAt(i) == '.' || name.charAt(i) == '/') {
                return i + 1;
            }
        }
        return 0;
    }

    String of(String name) {
        return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    }
}
