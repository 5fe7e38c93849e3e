package graft.conform;

import graft.Refusal;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder with {@code model.onnx} and {@code test_data_set_*}: inputs, the outputs they must give, and perhaps the
 * gradients of sum(first output · cotangent).
 *
 * @param name path below the folder that was asked for
 */
record ConformanceCase(String name, Path folder) {
    private static final String MODEL = "model.onnx";

    /**
     * The cases in and below {@code root}, by name.
     *
     * @throws Refusal where there is none
     */
    static List<ConformanceCase> below(Path root) {
        if (!Files.isDirectory(root)) {
            throw new Refusal(root + " is not a folder. Name a folder of cases, or one case.");
        }
        try (Stream<Path> files = Files.walk(root)) {
            List<ConformanceCase> cases = files.filter(
                            file -> file.getFileName().toString().equals(MODEL))
                    .map(Path::getParent)
                    .map(folder -> new ConformanceCase(name(root, folder), folder))
                    .sorted(java.util.Comparator.comparing(ConformanceCase::name))
                    .toList();
            if (cases.isEmpty()) {
                throw new Refusal("There is no case in " + root + ": a case is a folder with a " + MODEL
                        + " and test_data_set_0/input_0.pb, output_0.pb.");
            }
            return cases;
        } catch (IOException e) {
            throw new Refusal("Cannot list " + root + ": " + e + ". Check that you may read it.", e);
        }
    }

    private static String name(Path root, Path folder) {
        String below = root.relativize(folder).toString().replace('\\', '/');
        return below.isEmpty()
                ? folder.toAbsolutePath().normalize().getFileName().toString()
                : below;
    }

    Path modelFile() {
        return folder.resolve(MODEL);
    }

    /** One set of inputs with what they must give. */
    record DataSet(Path folder) {
        /** Inputs by the names of the graph; a file that gives no name means the input at its place. */
        Map<String, Tensor> inputs(List<ValueInfo> declared) {
            List<Tensor> tensors = numbered("input");
            if (tensors.size() > declared.size()) {
                throw new Refusal(folder + " holds " + tensors.size() + " inputs, the graph takes " + declared.size()
                        + ". Make the case again.");
            }
            Map<String, Tensor> out = new LinkedHashMap<>();
            for (int i = 0; i < tensors.size(); i++) {
                String given = tensors.get(i).name();
                boolean known = declared.stream().anyMatch(input -> input.name().equals(given));
                out.put(known ? given : declared.get(i).name(), tensors.get(i));
            }
            return out;
        }

        /** Expected outputs in the order of the graph. */
        List<Tensor> outputs() {
            return numbered("output");
        }

        Optional<Tensor> cotangent() {
            Path file = folder.resolve("cotangent_0.pb");
            return Files.exists(file) ? Optional.of(OnnxFile.readTensor(file)) : Optional.empty();
        }

        /** Expected gradients by the name of the initializer or graph input; empty where the case has none. */
        Map<String, Tensor> gradients() {
            Path file = folder.resolve("gradients.onnx");
            return Files.exists(file) ? OnnxFile.readInitializers(file) : Map.of();
        }

        private List<Tensor> numbered(String what) {
            List<Tensor> out = new ArrayList<>();
            for (int i = 0; Files.exists(folder.resolve(what + "_" + i + ".pb")); i++) {
                out.add(OnnxFile.readTensor(folder.resolve(what + "_" + i + ".pb")));
            }
            return out;
        }
    }

    /**
     * The sets of the case by name.
     *
     * @throws Refusal where there is none
     */
    List<DataSet> dataSets() {
        try (Stream<Path> entries = Files.list(folder)) {
            List<DataSet> sets = entries.filter(
                            entry -> entry.getFileName().toString().startsWith("test_data_set_"))
                    .sorted()
                    .map(DataSet::new)
                    .toList();
            if (sets.isEmpty()) {
                throw new Refusal(folder + " has no test_data_set_0. Make the case again.");
            }
            return sets;
        } catch (IOException e) {
            throw new Refusal("Cannot list " + folder + ": " + e + ". Check that you may read it.", e);
        }
    }
}
