package graft.meaning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import graft.data.ClassNames;
import graft.meaning.ClassOrder.Order;
import graft.onnx.ElementType;
import graft.onnx.Model;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names as ultralytics, Hugging Face, Keras, fastai, Teachable Machine and Custom Vision write them. */
class ClassOrderTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void place() {
        file = folder.resolve("net.onnx");
    }

    private static Model network(int outputs, Map<String, String> notes) {
        Model empty = Model.create("test", 8, 13);
        ValueInfo row = ValueInfo.of("y", ElementType.FLOAT, Dim.free("N"), Dim.of(outputs));
        return empty.withGraph(empty.graph()
                        .edit()
                        .inputs(List.of(row))
                        .outputs(List.of(row))
                        .build())
                .withMetadata(notes);
    }

    private ClassOrder order(int outputs, Map<String, String> notes, List<String> classes, Reading reading) {
        Model model = network(outputs, notes);
        return ClassOrder.of(file, model, Answer.of(file, model, Reading.USUAL), outputs, classes, reading);
    }

    private ClassOrder order(Map<String, String> notes, String... classes) {
        return order(classes.length, notes, List.of(classes), Reading.USUAL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{0: 'wasp', 1: 'ant', 2: \"bee's\"}",
                "{'0': 'wasp', '1': 'ant', '2': 'bee\\'s'}",
                "{\"wasp\": 0, \"bee's\": 2, \"ant\": 1}",
                "['wasp', 'ant', \"bee's\"]",
                "[\"wasp\",\"ant\",\"bee's\"]",
                "{\"0\": [\"n1\", \"wasp\"], \"1\": [\"n2\", \"ant\"], \"2\": [\"n3\", \"bee's\"]}",
                "wasp,ant,bee's",
                "wasp\nant\nbee's\n",
                "0 wasp\n1 ant\n2 bee's"
            })
    void namesOfOtherToolsAreMatchedByName(String text) {
        for (String key : List.of("names", "classes", "class_names", "id2label", "model.labels")) {
            ClassOrder found = order(Map.of(key, text), "ant", "bee's", "wasp");
            assertThat(found.names()).containsExactly("wasp", "ant", "bee's");
            assertThat(found.outputOf()).containsExactly(1, 2, 0);
            assertThat(found.remark()).contains("The classes are named by its note " + key + ".");
        }
    }

    @Test
    void aFileBesideTheNetworkNamesThem() throws IOException {
        Files.writeString(folder.resolve("config.json"), "{\"id2label\": {\"0\": \"bee\", \"1\": \"ant\"}, \"x\": 3}");
        assertThat(order(Map.of(), "ant", "bee").outputOf()).containsExactly(1, 0);
        Files.writeString(folder.resolve("labels.txt"), "ant\r\nbee\r\n");
        assertThat(order(Map.of(), "ant", "bee").outputOf()).containsExactly(0, 1);
        assertThat(order(Map.of("names", "['bee', 'ant']"), "ant", "bee").outputOf())
                .containsExactly(1, 0);
        // Graft's own note wins over all.
        assertThat(order(Map.of(ClassNames.KEY, "[\"ant\",\"bee\"]", "names", "['bee', 'ant']"), "ant", "bee")
                        .remark())
                .isEmpty();
    }

    @Test
    void whatIsAssumedIsSaid() {
        ClassOrder another = order(Map.of("names", "12", "labels", "a,b,c"), "ant", "bee");
        assertThat(another.outputOf()).containsExactly(0, 1);
        assertThat(another.remark()).hasValueSatisfying(words -> assertThat(words)
                .startsWith(
                        "The file has 2 outputs, but its note labels names 3 classes, which is not followed; assumed is"
                                + " the alphabetical order of the folders: ant, bee."));
        ClassOrder found = order(Map.of("names", "12"), "ant", "bee");
        assertThat(found.outputOf()).containsExactly(0, 1);
        assertThat(found.remark()).hasValueSatisfying(words -> assertThat(words)
                .startsWith("The file does not name its classes; assumed is the alphabetical order of the folders: ant,"
                        + " bee."));
    }

    @Test
    void numbersAreAskedAboutNotGuessed() throws IOException {
        List<String> folders = List.of("0", "1", "10", "2", "3", "4", "5", "6", "7", "8", "9");
        assertThatThrownBy(() -> order(11, Map.of(), folders, Reading.USUAL))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("--class-order text or --class-order numeric")
                .hasMessageContaining("--classes");
        assertThatThrownBy(() -> order(Map.of(), "class_1", "class_10", "class_2"))
                .hasMessageContaining("--class-order");
        Reading numeric = new Reading(Optional.empty(), Map.of(), Optional.empty(), Optional.of(Order.NUMERIC));
        assertThat(order(11, Map.of(), folders, numeric).outputOf()).containsExactly(0, 1, 10, 2, 3, 4, 5, 6, 7, 8, 9);
        Reading text = new Reading(Optional.empty(), Map.of(), Optional.empty(), Optional.of(Order.TEXT));
        assertThat(order(11, Map.of(), folders, text).outputOf()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        Path labels = Files.writeString(folder.resolve("mine.list"), "10\n9\n8\n7\n6\n5\n4\n3\n2\n1\n0\n");
        Reading given = new Reading(Optional.empty(), Map.of(), Optional.of(labels), Optional.empty());
        assertThat(order(11, Map.of(), folders, given).outputOf()).containsExactly(10, 9, 0, 8, 7, 6, 5, 4, 3, 2, 1);
        // In a file of arrays the labels are the numbers.
        List<String> counted = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10");
        assertThat(order(11, Map.of(), counted, Reading.USUAL).outputOf())
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    }

    @Test
    void namesThatAreNearlyTheSameAreTakenForTheSameAndSaid() {
        ClassOrder found = order(Map.of("names", "['Red bee', 'ANT']"), "ant", "red_bee");
        assertThat(found.outputOf()).containsExactly(1, 0);
        assertThat(found.remark()).hasValueSatisfying(words -> assertThat(words).contains("ant = ANT"));
    }

    @Test
    void countsThatDoNotFitAreSaidInWords() {
        assertThatThrownBy(() -> order(3, Map.of("names", "['a', 'b']"), List.of("ant", "bee"), Reading.USUAL))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("3 outputs but there are 2 classes (ant, bee)")
                .hasMessageContaining("its note names names 2");
        assertThatThrownBy(() -> order(Map.of("names", "['a', 'b']"), "ant", "bee"))
                .hasMessageContaining("The data have a class ant")
                .hasMessageContaining("a, b");
        assertThatThrownBy(() -> order(3, Map.of(ClassNames.KEY, "[\"ant\",\"bee\"]"), List.of("ant"), Reading.USUAL))
                .hasMessageContaining("3 outputs, but its note graft.classes names 2");
    }
}
