package graft.app.network;

import graft.network.Network;
import java.util.ArrayList;
import java.util.List;

/**
 * One thing that was understood of a network, in a few words; the summary has the sentences.
 *
 * @param tone how good it is, as the design calls it
 */
record Chip(String words, Tone tone) {
    enum Tone {
        PLAIN,
        GOOD,
        WARN,
        BAD
    }

    static List<Chip> of(OpenedNetwork opened) {
        Network network = opened.network();
        List<Chip> out = new ArrayList<>();
        if (opened.preprocessing().isPresent()) {
            out.add(
                    opened.assumed()
                            ? new Chip(Texts.of("network.chip.assumed"), Tone.WARN)
                            : new Chip(Texts.of("network.chip.read"), Tone.GOOD));
        }
        long norms = network.model().graph().nodes().stream()
                .filter(node -> node.opType().equals("BatchNormalization"))
                .count();
        if (norms > 0) {
            out.add(new Chip(Texts.of("network.chip.norms", norms), Tone.PLAIN));
        } else if (network.report().batchNormFolded()) {
            out.add(new Chip(Texts.of("network.chip.folded"), Tone.WARN));
        }
        int missing = network.missingOperators().size();
        if (missing > 0) {
            out.add(new Chip(Texts.of("network.chip.missing", missing), Tone.BAD));
        }
        if (network.report().fixedBatch() > 0) {
            out.add(new Chip(Texts.of("network.chip.batch", network.report().fixedBatch()), Tone.WARN));
        }
        return List.copyOf(out);
    }
}
