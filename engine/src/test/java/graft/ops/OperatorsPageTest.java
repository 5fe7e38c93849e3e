package graft.ops;

import graft.ops.OpTable.Entry;
import graft.testdata.GeneratedPage;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OperatorsPageTest {
    @Test
    void thePageOfOperatorsSaysWhatTheTableSays() throws IOException {
        GeneratedPage.check("docs/operators.md", text(), getClass());
    }

    private static String text() {
        List<Entry> entries = OpTable.ALL.entries();
        StringBuilder text = new StringBuilder("# Operators\n\n")
                .append("The operators of ONNX that Graft computes itself, and so can train through: ")
                .append(entries.stream()
                        .filter(entry -> !entry.opType().contains("::"))
                        .count())
                .append("""
                         of the default domain, and
                        functions that a file brings along; objectives also use two operators of a domain `graft`. A network with any other operator opens and is shown; it trains above that
                        operator as long as ONNX Runtime can run it in the frozen part.

                        The second column names the versions of the operator set at which the behaviour changed; an operator is known from the
                        first of them on. Where the third says no, the result does not change smoothly with the inputs (a shape, a place, a
                        comparison, a step), and no gradient passes. Tensors are float32, float64, int64, int32, int8, uint8 or bool; weights learn
                        in float32 and float64.

                        This page is written from the table in the code. `graft conform` runs cases whose answers are known, `graft gradcheck` proves
                        the gradients of your own network.

                        | operator | versions | gradient | notes |
                        |---|---|---|---|
                        """);
        for (Entry entry : entries) {
            text.append("| ")
                    .append(entry.opType())
                    .append(" | ")
                    .append(entry.versions().stream().map(String::valueOf).collect(Collectors.joining(", ")))
                    .append(entry.gradient() ? " | yes | " : " | no | ")
                    .append(entry.note())
                    .append(entry.note().isEmpty() ? "|\n" : " |\n");
        }
        return text.toString();
    }
}
