package graft.deploy;

import graft.Refusal;
import graft.meaning.Classifier;
import graft.meaning.Reading;
import graft.text.TextInputs;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A program that loads pictures or takes texts, prepares them exactly as the network learnt them, asks a shipped network and prints
 * each class with its probability.
 *
 * @param byLanguage the program, by the language's name
 */
public record ClientCode(Map<String, String> byLanguage) {
    /**
     * For a file, with what it notes on preparation and classes.
     *
     * @throws Refusal where it answers with no classes, notes no preparation, or takes numbers that the programs do not know
     */
    public static ClientCode of(Path file) {
        Map<String, String> out = new LinkedHashMap<>();
        programs(file).forEach(program -> out.put(program.language(), program.code()));
        return new ClientCode(out);
    }

    static List<ClientProgram> programs(Path file) {
        Classifier network = Classifier.read(file, Reading.USUAL);
        return PlacesClient.of(network)
                .orElseGet(() -> TextInputs.areOf(network.original().graph())
                        ? TextClient.of(network)
                        : PictureClient.of(network));
    }
}
