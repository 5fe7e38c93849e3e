package graft.cli;

import graft.fewshot.AddedClass;
import graft.fewshot.ClassAdder;
import graft.meaning.Reading;
import graft.onnx.NetworkFile;
import graft.options.Option;
import graft.progress.Progress;
import graft.run.PlanOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code graft add-class}. */
@Command(
        name = "add-class",
        description = {
            "Adds a class to a network whose classes are means of examples (train --recipe prototypes), from a handful of them,"
                    + " without training.",
            "A class that the network knows becomes the mean of its old and its new examples."
        },
        sortOptions = false)
final class AddClassCommand extends GraftCommand<AddedClass> {
    @CommandLine.Option(
            names = "--network",
            required = true,
            paramLabel = "NET",
            converter = NetworkArgument.class,
            description = "The .onnx file.")
    private Path network;

    @CommandLine.Option(
            names = "--name",
            required = true,
            paramLabel = "CLASS",
            description = "What the class is called.")
    private String name;

    @CommandLine.Option(names = "--out", required = true, paramLabel = "FILE", description = "The .onnx file to write.")
    private Path out;

    @Parameters(
            arity = "1..*",
            paramLabel = "EXAMPLE",
            description =
                    "Examples of the class: pictures, folders of pictures, .txt files of one text each, tables of texts.")
    private List<Path> inputs;

    @Mixin
    private PreprocessingOptions preprocessing;

    @Override
    public List<Option<?>> options() {
        return List.of(
                PlanOptions.TEXT,
                PlanOptions.TEXT_PAIR,
                PlanOptions.TOKENIZER,
                PlanOptions.MAX_LENGTH,
                PlanOptions.THREADS);
    }

    @Override
    protected AddedClass run(Progress progress) {
        NetworkFile file = NetworkFile.at(network);
        ClassAdder adder = new ClassAdder(
                file,
                Reading.USUAL,
                name,
                inputs,
                new graft.task.Reading.How(
                        file.model(),
                        () -> Optional.of(preprocessing.forPictures(file, Reading.USUAL, settings())),
                        settings(),
                        Reading.USUAL.inputs().keySet()),
                out,
                settings().get(PlanOptions.THREADS));
        AddedClass added = adder.add(progress);
        added.skipped().forEach(unread -> progress.note(unread.inWords()));
        return added;
    }

    @Override
    protected void print(AddedClass result, PrintWriter printed) {
        printed.printf(
                Locale.ROOT,
                result.isNew()
                        ? "%s is class number %d, the mean of %d examples; the other classes are as they were.%n"
                        : "%s, class number %d, is now the mean of %d examples; the other classes are as they were.%n",
                result.name(),
                result.classes().indexOf(result.name()) + 1,
                result.of());
        printed.println("Of the examples themselves " + result.recognized() + " of " + result.examples()
                + " are answered with it; `graft evaluate` judges by others.");
        printed.printf(Locale.ROOT, "Written: %s (%.1f s).%n", result.network(), result.seconds());
    }
}
