package graft.predict;

import java.io.PrintWriter;
import java.util.Locale;

/** Answers for a person to read, as they come. */
public final class AnswerTable implements AnswerWriter {
    private static final int MOST_OF_NAME = 48;
    private static final int MOST_OF_CLASS = 24;
    private static final int MOST_OF_TEXT = 60;

    private final PrintWriter out;
    private Layout layout;
    private int widest = 5;
    private int widestClass;

    public AnswerTable(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void begin(Layout given) {
        this.layout = given;
        this.widestClass = given.classes().stream()
                .mapToInt(String::length)
                .map(length -> Math.min(length, MOST_OF_CLASS))
                .max()
                .orElse(1);
    }

    @Override
    public void write(Said said) {
        // How long names are is not known before they come; the table grows with them.
        widest = Math.max(widest, Math.min(said.input().length(), MOST_OF_NAME));
        StringBuilder line = new StringBuilder(padded(said.input(), widest));
        if (layout.isRanked()) {
            said.entities().stream().limit(layout.top()).forEach(each -> line.append("  ")
                    .append(each.isNone() ? "(no answer)" : shortened(each.words(said.text())))
                    .append(probability(each.probability())));
            out.println(line.append("  ").append(shortened(said.told().get(1))));
            return;
        }
        for (int rank = 0; rank < layout.top(); rank++) {
            int label = said.best()[rank];
            line.append("  ")
                    .append(padded(layout.classes().get(label), widestClass))
                    .append(probability(said.probabilities()[label]));
        }
        for (int i = 0; i < said.numbers().length; i++) {
            String name =
                    layout.numbers().size() == 1 ? "" : "  " + layout.numbers().get(i);
            line.append(name).append(String.format(Locale.ROOT, "  %.6g", said.numbers()[i]));
        }
        if (layout.all()) {
            for (int label = 0; label < said.probabilities().length; label++) {
                line.append("  ").append(layout.classes().get(label)).append(probability(said.probabilities()[label]));
            }
        }
        if (said.isStrange()) {
            line.append("  unlike what it learnt from");
        }
        if (layout.isOfSpans()) {
            String marked = Entity.marked(said.text(), said.entities());
            out.println(line.append("  ").append(marked.replaceAll("\\s+", " ").strip()));
            return;
        }
        said.told().forEach(text -> line.append("  ").append(shortened(text)));
        out.println(line);
    }

    private static String probability(float probability) {
        return String.format(Locale.ROOT, "  %.4f", probability);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= MOST_OF_TEXT ? line : line.substring(0, MOST_OF_TEXT - 1) + "…";
    }
}
