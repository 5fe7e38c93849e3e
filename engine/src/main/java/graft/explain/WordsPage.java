package graft.explain;

import graft.Refusal;
import graft.files.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** What the words of a text do for a class, as a page for a browser that needs nothing else. */
public final class WordsPage {
    private static final String BEGINNING = """
            <!DOCTYPE html>
            <html lang="und">
            <head>
            <meta charset="utf-8">
            <meta name="generator" content="Graft">
            """;

    /** Orange speaks for a class and blue against it: told apart by colour-blind people too, and each says its number. */
    private static final String STYLE = """
            <meta name="viewport" content="width=device-width">
            <title>%s</title>
            <style>
            :root { color-scheme: light dark; font: 16px/2.4 system-ui, sans-serif; }
            body { margin: 2rem auto; max-width: 48rem; padding: 0 1rem; }
            .word { border-radius: .3rem; padding: .2rem .35rem; color: #111; border-bottom: 2px solid transparent; }
            .for { border-bottom-color: #b86a00; }
            .against { border-bottom: 2px dotted #1c5cb0; }
            .word sub { font-size: .65rem; padding-left: .15rem; }
            .small { line-height: 1.5; font-size: .85rem; }
            @media (prefers-color-scheme: dark) { .word { color: inherit; } }
            </style>
            </head>
            <body>
            """;

    private WordsPage() {}

    /** @throws Refusal where it cannot be written */
    public static void write(WordWeights found, Path file) {
        byte[] page = page(found).getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(file, out -> out.write(page));
    }

    /** Whether a file is such a page. */
    public static boolean isOurs(Path file) {
        byte[] wanted = BEGINNING.getBytes(StandardCharsets.UTF_8);
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(wanted.length), wanted);
        } catch (IOException e) {
            throw new Refusal("Cannot read " + file + ": " + AtomicFile.reason(e) + ".", e);
        }
    }

    static String page(WordWeights found) {
        StringBuilder out = new StringBuilder(BEGINNING);
        String title = String.format(Locale.ROOT, "%s, %.1f %%", escaped(found.className()), 100 * found.probability());
        // No format: a name may hold a per cent sign.
        out.append(STYLE.replace("%s", title)).append("<h1>").append(title).append("</h1>\n");
        if (!found.answer().equals(found.className())) {
            out.append("<p>The network answers ")
                    .append(escaped(found.answer()))
                    .append(".</p>\n");
        }
        double most = found.words().stream()
                .mapToDouble(word -> Math.abs(word.weight()))
                .max()
                .orElse(0);
        int of = 0;
        for (WordWeights.Word word : found.words()) {
            if (word.of() != of) {
                out.append(of == 0 ? "<p>" : "</p>\n<p>");
                of = word.of();
            }
            out.append(span(word, most)).append('\n');
        }
        out.append("</p>\n<p class=\"small\">The number at a word is what the logarithm of the odds for ")
                .append(escaped(found.className()))
                .append(" loses without it: above 0 (orange, underlined) it speaks for that class, below 0 (blue,"
                        + " dotted) against it.</p>\n");
        found.remarks().forEach(remark -> out.append("<p class=\"small\">")
                .append(escaped(remark))
                .append("</p>\n"));
        return out.append("</body>\n</html>\n").toString();
    }

    private static String span(WordWeights.Word word, double most) {
        String kind = word.weight() > 0 ? " for" : word.weight() < 0 ? " against" : "";
        double much = most == 0 ? 0 : 0.75 * Math.abs(word.weight()) / most;
        return String.format(
                Locale.ROOT,
                "<span class=\"word%s\" style=\"background:rgba(%s,%.3f)\">%s<sub>%+.2f</sub></span>",
                kind,
                word.weight() > 0 ? "230,140,20" : "70,140,230",
                much,
                escaped(word.text()),
                word.weight());
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
