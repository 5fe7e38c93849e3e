package graft.data;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** How examples become a network's inputs: part of what is shipped, for nobody else knows it. */
public interface Encoder {
    /** Feeds what it is given as it is. */
    Encoder NONE = new Encoder() {
        @Override
        public Map<String, String> notes() {
            return Map.of();
        }

        @Override
        public String fingerprint() {
            return "null";
        }
    };

    /** What a network's file says of it. */
    Map<String, String> notes();

    /** Where it is the same, the same examples become the same inputs. */
    String fingerprint();

    /**
     * Why examples that become inputs in this way are none for a network.
     *
     * @param notes of the network's file, of what it learnt from
     * @return for the user, how they differ; empty where they do not
     */
    default Optional<String> strangeTo(Map<String, String> notes) {
        return Optional.empty();
    }

    /** Writes what does not fit into notes beside a network's file. */
    default void writeBeside(Path network) {
        // where notes say everything
    }
}
