package graft.deploy;

import graft.Refusal;
import graft.data.ClassNames;
import graft.files.Json;
import graft.meaning.Classifier;
import graft.onnx.ValueInfo;
import graft.task.Task;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The classes that a program prints: from the file's own note where the language's runtime can read it, else written into the
 * program.
 */
record ClientClasses(List<String> names, boolean noted) {
    private static final int IMAGENET = 1000;

    private static final String JAVA_NAMES = "Pattern.compile(\"\\\"((?:[^\\\"\\\\\\\\]|\\\\\\\\.)*)\\\"\")\n"
            + "                    .matcher(net.getMetadata().getCustomMetadata().get(\"" + ClassNames.KEY + "\"))\n"
            + "                    .results()\n"
            + "                    .map(name -> name.group(1).replaceAll(\"\\\\\\\\(.)\", \"$1\"))\n"
            + "                    .toList()";

    /** @throws Refusal where the file answers with no classes, or not with their scores */
    static ClientClasses of(Classifier network) {
        Map<String, String> notes = network.original().metadata();
        if (notes.containsKey(Task.NOTE) && !notes.containsKey(ClassNames.KEY)) {
            throw new Refusal(network.file() + " was trained for " + notes.get(Task.NOTE)
                    + " and answers with numbers, not with classes, and the programs print classes. Ask it with"
                    + " `graft predict --network " + network.file() + " INPUT`, or read its output "
                    + network.answer().output() + " in a program of your own.");
        }
        if (network.isChanged() || network.answer().isLabel()) {
            throw new Refusal(
                    network.file() + " does not answer with scores as it is (" + String.join(" ", network.lines())
                            + "). Deploy it first, or export it with its scores as output.");
        }
        Optional<List<String>> noted = ClassNames.fromMetadata(notes);
        return new ClientClasses(
                noted.orElseGet(() -> IntStream.range(0, outputs(network))
                        .mapToObj(i -> "class " + i)
                        .toList()),
                noted.isPresent());
    }

    private static int outputs(Classifier network) {
        List<ValueInfo.Dim> shape = network.model()
                .graph()
                .valueInfo(network.answer().output())
                .flatMap(ValueInfo::shape)
                .orElse(List.of());
        return shape.size() > 1 && shape.get(1).isFixed()
                ? Math.toIntExact(shape.get(1).size())
                : IMAGENET;
    }

    void putInto(ClientProgram.Words words) {
        String list = Json.write(names);
        words.each(
                "CLASSES",
                noted ? "json.loads(net.get_modelmeta().custom_metadata_map[\"" + ClassNames.KEY + "\"])" : list,
                noted ? JAVA_NAMES : "List.of(" + list.substring(1, list.length() - 1) + ")",
                list);
    }
}
