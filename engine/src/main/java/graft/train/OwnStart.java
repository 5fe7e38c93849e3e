package graft.train;

import graft.Refusal;
import graft.data.DataSet;
import graft.files.Several;
import graft.meaning.NamedClasses;
import graft.network.FeatureFinder;
import graft.network.Head;
import graft.network.Network;
import graft.network.OwnWeights;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** A new head that begins with the numbers of the last layer that the network comes with. */
public final class OwnStart {
    private OwnStart() {}

    /** Whether a network ends in one linear layer, and knows all of some classes by their names, or as many without. */
    public static boolean isPossible(Network network, Path file, List<String> classes) {
        Optional<OwnWeights> own = OwnWeights.of(network, FeatureFinder.find(network, Optional.empty()));
        return own.isPresent() && knows(own.get().weight().length, network, file, classes);
    }

    private static boolean knows(int count, Network network, Path file, List<String> classes) {
        return named(count, network, file)
                .map(found -> found.names().containsAll(classes))
                .orElse(count == classes.size());
    }

    private static Optional<NamedClasses> named(int count, Network network, Path file) {
        return NamedClasses.find(file, network.model(), network.answer(), count)
                .filter(found -> found.names().size() == count);
    }

    /**
     * The head with them.
     *
     * @param file the network's, which may name its classes
     * @param features what the head stands on
     * @param told what is taken to be so
     * @throws Refusal where the network has no such layer, or does not know a class of the data
     */
    static Head of(Head head, Network network, Path file, String features, DataSet data, Consumer<String> told) {
        OwnWeights own = OwnWeights.of(network, features)
                .orElseThrow(() -> new Refusal("--head-init own: " + file
                        + " does not end in one linear layer that could be gone on with. Leave the option out."));
        int[] outputs = outputs(own.weight().length, network, file, data.classes(), told);
        return own.startOf(head, outputs)
                .orElseThrow(() -> new Refusal(
                        "--head-init own: the head that was asked for is not one linear layer as wide as that of "
                                + file + ". Leave out the option, or --head, --features and --pooling."));
    }

    private static int[] outputs(int count, Network network, Path file, List<String> classes, Consumer<String> told) {
        Optional<NamedClasses> named = named(count, network, file);
        if (named.isEmpty()) {
            if (count != classes.size()) {
                throw new Refusal("--head-init own: " + file + " gives " + count
                        + " scores and does not name them, and there are " + classes.size()
                        + " classes to learn. Leave the option out.");
            }
            told.accept("The file does not name its classes; they are taken to be in the order " + Several.of(classes)
                    + ".");
            return IntStream.range(0, count).toArray();
        }
        List<String> names = named.get().names();
        List<String> missing =
                classes.stream().filter(each -> !names.contains(each)).toList();
        if (!missing.isEmpty()) {
            throw new Refusal("--head-init own: " + file + " does not know " + Several.of(missing) + "; it knows "
                    + Several.of(names) + ". Leave the option out.");
        }
        return classes.stream().mapToInt(names::indexOf).toArray();
    }
}
