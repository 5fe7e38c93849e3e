package graft.worker;

import graft.language.Choice;
import graft.language.GapFiller;
import graft.language.Generator;
import graft.language.WrittenPiece;
import graft.meaning.Reading;
import graft.onnx.NetworkFile;
import graft.progress.Progress;
import java.nio.file.Path;
import java.util.Optional;

/** What a network of language makes of a text that was typed: how it goes on, or what is hidden in it. */
public final class Writing {
    private Writing() {}

    /**
     * What is to be gone on from.
     *
     * @param file the network's
     * @param most tokens
     */
    public record Plan(Path file, String prompt, int most, Choice choice) implements Work.Plan {}

    /** @param top so many candidates for each gap */
    public record Gaps(Path file, String text, int top) implements Work.Plan {}

    /** Tells each {@link WrittenPiece} as it comes. */
    static Generator.Generated run(Plan plan, Progress progress) {
        return Generator.write(
                new Generator.Plan(
                        NetworkFile.at(plan.file()),
                        Reading.USUAL,
                        Optional.empty(),
                        plan.prompt(),
                        plan.most(),
                        plan.choice(),
                        true,
                        0),
                letters -> progress.report(new WrittenPiece(letters)),
                progress);
    }

    static GapFiller.Filled fill(Gaps plan, Progress progress) {
        return GapFiller.fill(
                new GapFiller.Plan(
                        NetworkFile.at(plan.file()), Reading.USUAL, Optional.empty(), plan.text(), plan.top(), 0),
                progress);
    }
}
