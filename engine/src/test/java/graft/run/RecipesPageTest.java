package graft.run;

import graft.testdata.GeneratedPage;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class RecipesPageTest {
    @Test
    void thePageOfRecipesSaysWhatTheTableSays() throws IOException {
        GeneratedPage.check("docs/recipes.md", text(), getClass());
    }

    private static String text() {
        StringBuilder text = new StringBuilder("""
                # Recipes and stages

                A run goes through one stage or several. Each stage says what learns, at which rates and for how many epochs, and goes on with
                what the one before learnt. A recipe is a list of stages that suits most networks; it is made for the network at hand, by its
                blocks (`graft layers NET` shows them).

                This page is written from the table in the code.

                | `--recipe` | what it does, and when to use it |
                |---|---|
                """);
        for (Recipe recipe : Recipes.all()) {
            text.append("| `")
                    .append(recipe.name())
                    .append("` | ")
                    .append(recipe.when())
                    .append(" |\n");
        }
        text.append("""

                `--epochs` are shared out among the stages, `--lr` is the rate of the new head while the body is frozen; where the body learns
                too, a tenth of it counts. Without `--recipe` and `--stages` a run has one stage, which `--trainable`, `--epochs`, `--lr` and
                `--schedule` describe.

                ## Stages of your own

                ```sh
                ./graft train --network net.onnx --data pictures --out run \\
                  --stages "head epochs=3 lr=0.01; last:10 epochs=4 lr=0.001; all epochs=3 lr=0.0005 lr-decay=0.9"
                ```

                Semicolons stand between stages. A stage begins with what learns (or says `trainable=…` anywhere) and sets what differs between
                stages:
                """);
        text.append("""
                KEYS. What it does not say is as the options of these names say.
                """.replace(
                        "KEYS",
                        String.join(
                                ", ",
                                Stage.options().stream()
                                        .map(option -> "`" + option.key() + "`")
                                        .toList())));
        text.append("""

                - `lr-decay=F` (`--lr-decay F` of a run with one stage, or of every stage of a recipe): the head learns at the full rate, the
                  block below it at F times that, the next one at F² times, down to the input.
                - `lr-factors=GLOB:F,…`: layers by name at so many times the rate; 0 keeps them as they are.
                - `warmup=E` lets the rate rise over E epochs; a schedule goes over its stage.

                ## What holds over all stages

                - Epochs are counted on from stage to stage; order and views of the examples follow from the seed and the epoch's number.
                - The optimizer begins anew with each stage: momentum and averages speak of other weights and other rates.
                - The file is that of the best epoch of all stages, by the validation score. Early stopping ends a stage; the next one begins.
                - What no stage changed by then is the same, byte for byte, in the file that is written, and is proved so.
                - `plan.json` holds the stages in full, those of a recipe too: a run that was stopped or killed, within a stage or between two, goes
                  on by them with `graft resume` and ends with the same bytes.
                - Below the frontier of each stage features are computed once; what a stage froze again is computed with what it had learnt.
                - `result.json` lists the stages that were begun; each epoch and the event `stage_started` say their stage.
                """);
        return text.toString();
    }
}
