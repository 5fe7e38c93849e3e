package graft.deploy;

import graft.Refusal;
import graft.files.AtomicFile;
import graft.files.OutputFolder;
import graft.files.OutputPlace;
import graft.meaning.Classifier;
import graft.meaning.Reading;
import graft.onnx.OnnxFile;
import graft.text.TextInputs;
import graft.text.TokenizerFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A folder that holds all it takes to use a network elsewhere: the file, the programs, the classes and a page that says how.
 *
 * @param files their names
 * @param example a command that runs one of the programs, in the folder
 */
public record ClientFolder(Path folder, List<String> files, String example) {
    private static final String README = "README.md";
    private static final String LABELS = "labels.txt";
    /** What a folder that may be written anew has on its page. */
    private static final String MARK = "Written by Graft; what is written again takes the place of these files.";

    /**
     * Writes it.
     *
     * @throws Refusal where there is no program for the file, or the folder holds a file of another origin
     */
    public static ClientFolder write(Path network, Path out) {
        List<ClientProgram> programs = ClientCode.programs(network);
        Classifier classifier = Classifier.read(network, Reading.USUAL);
        boolean places = PlacesClient.of(classifier).isPresent();
        String file = network.getFileName().toString();
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(file, bytes(network));
        if (TextInputs.areOf(classifier.original().graph())) {
            TokenizerFile tokenizer = TokenizerFile.of(
                    network, Optional.empty(), classifier.original().metadata());
            files.put(tokenizer.nameInPrograms(), tokenizer.content());
        }
        if (!places) {
            files.put(
                    LABELS, text(String.join("\n", ClientClasses.of(classifier).names()) + "\n"));
        }
        programs.forEach(program -> files.put(program.file(), text(program.code())));
        files.put(README, text(page(file, programs, places)));
        boolean ours = isOurs(out);
        OutputPlace.checkFolder(out, List.copyOf(files.keySet()), existing -> ours, network, network);
        try (OutputFolder folder = OutputFolder.make(out)) {
            files.forEach((name, content) -> AtomicFile.write(out.resolve(name), to -> to.write(content)));
            OnnxFile.read(out.resolve(file)); // whole without what lay beside it
        }
        return new ClientFolder(
                out, List.copyOf(files.keySet()), programs.get(0).example());
    }

    private static boolean isOurs(Path folder) {
        Path page = folder.resolve(README);
        try {
            return Files.isRegularFile(page) && Files.readString(page).contains(MARK);
        } catch (IOException e) {
            return false; // whatever it is, it is not a page that was written here
        }
    }

    private static byte[] bytes(Path network) {
        try {
            return Files.readAllBytes(network);
        } catch (IOException e) {
            throw new Refusal("Cannot read " + network + ": " + AtomicFile.reason(e) + ".", e);
        }
    }

    private static byte[] text(String words) {
        return words.getBytes(StandardCharsets.UTF_8);
    }

    private static String page(String network, List<ClientProgram> programs, boolean places) {
        List<String> lines = new ArrayList<>(List.of(
                "# " + network + " and programs that use it",
                "",
                MARK,
                "",
                places
                        ? "Each program cuts what it is given into tokens as the network learnt it, asks the network, and prints the places"
                        : "`" + LABELS
                                + "` holds its classes, in the order of its outputs. Each program prepares what it is given as the network",
                places
                        ? "in a text that it finds, with how sure it is."
                        : "learnt it, asks the network, and prints every class with its probability, the likeliest first.",
                "",
                "| language | needs | try it here |",
                "|---|---|---|"));
        programs.forEach(program ->
                lines.add("| " + program.language() + " | " + program.needs() + " | `" + program.example() + "` |"));
        return String.join("\n", lines) + "\n";
    }
}
