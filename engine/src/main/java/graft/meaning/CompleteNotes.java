package graft.meaning;

import graft.data.ClassNames;
import graft.data.DataSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What only a file beside a network or the user says of its classes and of the preparation of its examples, as notes for a file that
 * is made from it: files are passed on alone.
 */
public final class CompleteNotes {
    private CompleteNotes() {}

    /** @param data as they were prepared for the network */
    public static Map<String, String> of(Classifier network, Reading reading, DataSet data) {
        Map<String, String> notes = new LinkedHashMap<>();
        if (!data.classes().isEmpty()) {
            names(network, reading, data).ifPresent(known -> notes.put(ClassNames.KEY, ClassNames.toMetadata(known)));
        }
        notes.putAll(data.encoder().notes());
        return notes;
    }

    private static Optional<List<String>> names(Classifier network, Reading reading, DataSet data) {
        int outputs = network.outputs(data.val());
        return reading.order().isPresent()
                ? Optional.of(ClassOrder.of(
                                network.file(), network.model(), network.answer(), outputs, data.classes(), reading)
                        .names())
                : reading.classes()
                        .map(NamedClasses::read)
                        .or(() -> NamedClasses.find(network.file(), network.model(), network.answer(), outputs))
                        .map(NamedClasses::names);
    }
}
