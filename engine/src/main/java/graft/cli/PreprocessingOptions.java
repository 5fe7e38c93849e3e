package graft.cli;

import graft.data.Preprocessing;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

final class PreprocessingOptions {
    @Option(names = "--size")
    private Integer size;

    Optional<Preprocessing> resolve(Map<String, String> metadata, long[] inputShape) {
        return Preprocessing.fromMetadata(metadata);
    }
}
