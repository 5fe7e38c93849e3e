package graft.cli;

import graft.meaning.Reading;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What a network's file leaves open of its inputs and outputs. */
@Heading("What the network's file leaves open")
final class NetworkOptions {
    @Option(
            names = "--output",
            paramLabel = "NAME",
            description = "The output that answers, where there are several (default: the one that the longest part of"
                    + " the network is for).")
    private Optional<String> output;

    @Option(
            names = "--input",
            paramLabel = "NAME=VALUE",
            description = "A fixed value for an input that takes no examples, such as keras_learning_phase=false.")
    private Map<String, String> inputs = new LinkedHashMap<>();

    Reading reading() {
        return Reading.of(output, inputs);
    }
}
