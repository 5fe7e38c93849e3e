package graft.cli;

import graft.Limits;
import graft.Refusal;
import graft.data.Augmentation;
import graft.image.PictureSize;
import graft.image.Preprocessing;
import graft.network.TrainableSpec;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Whether what was given to options lies within their limits; asked for all commands, before any begins. */
final class OptionValues {
    /** Of options whose values are text with a form of its own. */
    private static final Map<String, Consumer<String>> FORMS = Map.of(
            "augment",
            Augmentation::parse,
            "trainable",
            TrainableSpec::checkForm,
            "mean",
            text -> numbers("mean", text),
            "std",
            text -> numbers("std", text));

    private OptionValues() {}

    /** @throws ParameterException naming the first option whose value is beyond its limits */
    static void check(ParseResult parsed) {
        ParseResult innermost = parsed;
        while (innermost.hasSubcommand()) {
            innermost = innermost.subcommand();
        }
        for (ArgSpec arg : innermost.commandSpec().args()) {
            Object value = arg.getValue();
            Object given = value instanceof Optional<?> optional ? optional.orElse(null) : value;
            if (given != null) {
                Optional<String> complaint = complaint(arg, given);
                if (complaint.isPresent()) {
                    throw new ParameterException(innermost.commandSpec().commandLine(), complaint.get());
                }
            }
        }
    }

    private static Optional<String> complaint(ArgSpec arg, Object given) {
        String shown = arg instanceof OptionSpec option ? option.longestName() : arg.paramLabel();
        String setting = shown.replaceFirst("^--", "");
        if (given instanceof Number number) {
            return Limits.complaint(setting, number.doubleValue()).map(words -> shown + " " + words);
        }
        if (given instanceof PictureSize size) {
            return Limits.complaint(setting, size.height())
                    .or(() -> Limits.complaint(setting, size.width()))
                    .map(words -> shown + " " + words);
        }
        if (given instanceof Path || given instanceof String) {
            String text = given.toString();
            if (text.isBlank()) {
                return Optional.of(shown + " is empty");
            }
            try {
                FORMS.getOrDefault(setting, any -> {}).accept(text);
            } catch (Refusal e) {
                String words = e.getMessage().replaceFirst("\\.$", "");
                return Optional.of(words.startsWith(shown) ? words : shown + ": " + words);
            }
        }
        return Optional.empty();
    }

    private static void numbers(String setting, String text) {
        float[] numbers;
        try {
            numbers = Preprocessing.numbers(text);
        } catch (NumberFormatException e) {
            numbers = new float[0];
        }
        if (numbers.length != 1 && numbers.length != 3) {
            throw new Refusal(
                    "\"" + text + "\" is neither one number nor three, one per channel, such as 0.485,0.456,0.406.");
        }
        for (float number : numbers) {
            Limits.complaint(setting, number).ifPresent(words -> {
                throw new Refusal("each number " + words + ".");
            });
        }
    }
}
