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

                `--recipe auto` chooses by how many examples there are and how like they are to what the network learnt from: by how many of
                them the nearest mean of a class tells right, on features of the frozen network, in five parts. Fewer than 20 a class: `head`.
                Fewer than 2000 of which the means tell three quarters of what guessing leaves open: `top`. 2000 and more of which they tell
                less than three tenths of it: `all`. Else `probe-then-finetune`. The run says in a sentence what was found, and its
                plan keeps the recipe's name and stages.

                ## Looking for a rate

                ```sh
                ./graft lr-find --network net.onnx --data pictures --trainable all
                ```

                The rate grows from step to step; what its curve says is then proved by 30 steps at that rate, from where a run starts. Where the loss
                does not fall, falls to that of guessing or is no finite number, a third is tried, at most six rates; a line (`trials` with `--json`) says
                what was tried. Where none learns so soon, the one at which the loss ended lowest is suggested, and that is said. The rate for some ten
                epochs of a head alone is not proved, and so neither is `--lr auto`, which takes that one: the test before a run stays short.
                Where the body learns too, `--lr auto` takes the geometric middle of that and the careful one for the head: a head that learnt faster is so sure
                that its first gradients throw the body off (MobileNetV2 0.35 on ants and bees, `probe-then-finetune`, 15 epochs: at 0.05 the second stage fell
                from 91.5 % to 83.7 %, at the 0.013 that is taken now it rose to 94.8 %).

                On eleven networks of every kind, all of each learning, some dozens of examples, three to six epochs (`bench/rates.py --exports FOLDER`): at the
                suggested rate none diverged; at ten times as much four did, and four more stayed at guessing. The vision transformer had twelve pictures and nine
                steps, in which it came down from 0.848 to 0.738, where guessing has 0.693.

                | network | suggested | tried | loss | ten times |
                |---|---|---|---|---|
                | graft-resnet | 0.014 | 1 | 1.711 -> 0.839 | 1.476 -> 0.960 |
                | resnet20-cifar10 | 0.014 | 1 | 2.276 -> 0.496 | 1.802 -> 2.820 diverged |
                | cifar10-small-cnn | 0.0028 | 1 | 2.301 -> 1.659 | 2.304 -> 2.320 (no better than guessing) |
                | mnist-cntk | 0.0001 | 3 | 295.208 -> 0.375 | 331.371 -> 2.303 (no better than guessing) |
                | tinybert-untrained | 0.0004 | 3 | 0.686 -> 0.679 | 0.683 -> 0.765 |
                | minilm | 0.0016 | 1 | 0.709 -> 0.590 | 0.707 -> 0.553 |
                | mobilenetv2-0.35-imagenet | 0.0021 | 1 | 0.658 -> 0.271 | 0.583 -> 1.712 diverged |
                | squeezenet1.0-imagenet | 0.0008 | 3 | 0.859 -> 0.675 | 2.560 -> 0.683 (no better than guessing) |
                | mobilenet_v3_large | 0.014 | 1 | 0.698 -> 0.662 | 0.722 -> 0.724 (no better than guessing) |
                | resnet18 | 0.001 | 1 | 0.756 -> 0.637 | 1.012 -> 1.681 diverged |
                | vit_b_16 | 6.2e-05 | 1 | 0.848 -> 0.738 (no better than guessing) | 0.859 -> 1.583 diverged |

                ## Several recipes, rates and networks

                ```sh
                ./graft sweep --network net.onnx --data pictures --out sweep --recipes head,top,probe-then-finetune --rates 0.01,0.003 --epochs 12
                ```

                All runs go through few epochs, the better half through twice as many, until two are left for all of `--epochs` (successive
                halving). `--also NET` tries further networks. Each run has a folder in that of the sweep and stands in the project, tagged
                with the sweep's name; what diverges is left out and said. The same command goes on with a sweep that was stopped or killed: what is
                done is not done again, and the rest comes to the same bytes. The best of several runs looks a little better than it is on the
                examples that chose it: keep a test part.

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
                - `warmup=E` lets the rate rise over E epochs; a schedule goes over its stage, but that `linear` falls from where the rise ends.

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
