package graft.data;

import java.nio.file.Path;
import java.util.Map;

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

    /** Writes what does not fit into notes beside a network's file. */
    default void writeBeside(Path network) {
        // where notes say everything
    }
}
