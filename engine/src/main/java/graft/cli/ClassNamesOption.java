package graft.cli;

import graft.meaning.Reading;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What the classes of a network are called, where its file does not say. */
@Heading("Which answer is which class")
class ClassNamesOption {
    @Option(
            names = "--classes",
            paramLabel = "FILE",
            description = "Names of the network's classes in the order of its outputs, one a line.")
    private Optional<Path> classes;

    Reading of(Reading reading) {
        return new Reading(reading.output(), reading.inputs(), classes, reading.order());
    }
}
